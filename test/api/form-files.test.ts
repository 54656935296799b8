/** A form that names files: they belong to the case once it has taken the form, and not before. */
import { beforeAll, expect, test } from 'vitest';
import { putIntoForce, versionOf } from '../support/versions.ts';
import { useApi } from './support/api.ts';
import { useEngine } from './support/engine.ts';
import { sendFile } from './support/multipart.ts';
import { openRepair, step, surveyForm } from './support/stories.ts';

const engine = useEngine();
const api = useApi(engine);

/** The survey takes photos. */
beforeAll(async () => {
  const photos = { name: 'photos', type: 'files', zh: '照片', en: 'photos' } as const;
  const withPhotos = versionOf('s3-cs19', '1.0.1-photos', (pack) => ({
    ...pack,
    forms: { ...pack.forms, survey: { ...pack.forms['survey']!, fields: [...pack.forms['survey']!.fields, photos] } },
  }));
  await putIntoForce(engine.owner, withPhotos);
});

test('the files of a form are the case’s once it is recorded; everybody of the case gets at them', async () => {
  const number = await openRepair(api);
  const handler = await api.as('customerService');
  const photo = await sendFile(handler, `photo of ${number}`, '厨房.txt');
  await step(api, number, 'customerService', 'survey', { ...surveyForm, photos: [photo, photo] });
  const manager = await api.as('serviceManager');
  const { items } = (await manager.get(`/api/cases/${number}/attachments`)).body as { items: Record<string, unknown>[] };
  expect(items).toMatchObject([{ hash: photo, name: '厨房.txt', by: 'customerService', note: null }]);
  expect((await manager.get(`/api/files/${photo}`)).status).toBe(200);
  const { form } = (await manager.get(`/api/cases/${number}/documents/${String(items[0]?.['documentHash'])}`)).body as { form: unknown };
  expect(form).toMatchObject({ photos: [photo] });

  const gone = await handler.post(`/api/cases/${number}/attachments/${String(items[0]?.['id'])}/withdraw`, { reason: 'x' });
  expect(gone).toMatchObject({ status: 409, body: { code: 'attachment-of-form' } });
});

test('a form that the case refuses attaches nothing', async () => {
  const number = await openRepair(api);
  const handler = await api.as('customerService');
  const photo = await sendFile(handler, `photo of ${number}`);
  const answer = await handler.post(`/api/cases/${number}/steps/survey`, {
    form: { ...surveyForm, signedBy: ['客户服务部'], photos: [photo] },
  });
  expect(answer).toMatchObject({ status: 422, body: { code: 'survey-incomplete' } });
  expect((await handler.get(`/api/cases/${number}/attachments`)).body['items']).toEqual([]);
  expect((await (await api.as('serviceManager')).get(`/api/files/${photo}`)).status).toBe(404);
});

test('a file that somebody else has sent, or nobody, is refused at its place', async () => {
  const number = await openRepair(api);
  const foreign = await sendFile(await api.as('legalCentre'), `letter of ${number}`);
  const mine = await sendFile(await api.as('customerService'), `mine of ${number}`);
  const answer = await (
    await api.as('customerService')
  ).post(`/api/cases/${number}/steps/survey`, {
    form: { ...surveyForm, photos: [mine, foreign] },
  });
  expect(answer).toMatchObject({ status: 422, body: { code: 'bad-facts', errors: [{ path: 'photos[1]' }] } });
});
