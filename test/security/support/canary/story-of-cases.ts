/** Plants what people say of cases: openings and steps of every pack, drafts, files, refusals, customers without a login. */
import type { Db } from '../../../../db/database.ts';
import sharp from 'sharp';
import { filledIn } from '../../../../domain/case/acts.ts';
import { listPacks, loadPack } from '../../../../packs/load.ts';
import type { Api, Answer, Caller } from '../../../api/support/api.ts';
import { multipartOf, sendFile, sendFiles } from '../../../api/support/multipart.ts';
import { step, surveyForm } from '../../../api/support/stories.ts';
import { fillIn } from './fill.ts';
import type { Plants } from './plants.ts';
import { taken } from './taken.ts';
import { inEmergency, relabel } from './story-of-authority.ts';

/** Of every pack: each kind opened once, each step said once. @returns how many were taken, and the numbers of cases */
export async function sayEverything(api: Api, plants: Plants): Promise<{ numbers: string[]; said: number }> {
  const numbers: string[] = [];
  let said = 0;
  for (const id of listPacks()) {
    const pack = loadPack(id);
    const roles = pack.roles.map((role) => role.id);
    const who = await api.withPacks(`all-${id}`, { [id]: roles });
    const file = await sendFile(who, `${plants.text(`${id}: a file in forms`)}\n`, `${plants.text(`${id}: its name`)}.txt`);
    let first: string | undefined;
    for (const kind of Object.keys(pack.kinds)) {
      const form = fillIn(filledIn(pack, 'open', kind)?.fields ?? [], { plants, where: `${id}.${kind}`, roles, file });
      await who.put(`/api/drafts/${id}/${kind}`, { form: fillIn(filledIn(pack, 'open', kind)?.fields ?? [], { plants, where: `draft ${id}.${kind}`, roles }) }); // prettier-ignore
      const opened = await who.post('/api/cases', { pack: id, kind, form });
      if (opened.status === 201) numbers.push((first = String(opened.body['number'])));
    }
    for (const name of Object.keys(pack.steps)) {
      if (name === 'open' || first === undefined) continue;
      const form = fillIn(filledIn(pack, name)?.fields ?? [], { plants, where: `${id}.${name}`, roles, file });
      const { status } = await who.post(`/api/cases/${first}/steps/${name}`, { form });
      if (status === 200) said += 1;
      await who.put(`/api/cases/${first}/drafts/${name}`, { form: fillIn(filledIn(pack, name)?.fields ?? [], { plants, where: `draft ${id}.${name}`, roles }) }); // prettier-ignore
    }
  }
  return { numbers, said };
}

/** A repair from the public intake to the acceptance, with words at every step, files, consent and papers. */
export async function repairOf(api: Api, db: Db, plants: Plants): Promise<string> {
  const text = plants.text;
  const answer = await api.anybody.post('/api/public/cases', {
    pack: 's3-cs19',
    kind: 'repair',
    form: {
      summary: `${text('intake.summary')} ${plants.telephone('intake.summary, a telephone')}`,
      customerName: text('intake.customerName'),
      telephone: plants.telephone('intake.telephone'),
      address: text('intake.address'),
    },
  });
  const number = String(taken(answer, 201).body['number']);
  const office = await api.as('customerService');
  const clerk = await api.as('recordsClerk');
  const link = taken(await office.post(`/api/cases/${number}/tracking-link`, { telephone: plants.telephone('a link') }), 201);
  const door = { secret: String(link.body['secret']), tail: plants.all.at(-1)?.text.slice(-4) };
  const say = async (what: string, body: object): Promise<Answer> => taken(await api.anybody.post(`/api/public/tracking/${what}`, { ...door, ...body }), 200); // prettier-ignore

  await say('messages', { words: text('customer.message') });
  await say('survey', { quality: 1, attitude: 1, speed: 1, words: text('customer.survey') });
  await say('nudge', { words: text('customer.nudge') });
  await say('opinion', { solved: false, words: text('customer.not solved') });
  const photo = multipartOf([{ bytes: await picture(text('customer.photo')), name: `${text('customer.photo name')}.jpg` }]);
  const headers = { 'content-type': photo.type, 'x-tracking-secret': door.secret, 'x-telephone-tail': String(door.tail) };
  taken(await api.anybody.post('/api/public/tracking/photos', photo.body, headers), 200);

  await refused(office, number, plants);
  await step(api, number, 'customerService', 'route', { department: 'engineering', note: text('route.note') });
  await step(api, number, 'customerService', 'survey', { ...surveyForm, complex: true, findings: text('survey.findings') });
  await inEmergency(api, db, plants, number);
  await step(api, number, 'serviceManager', 'estimate.approve', { decision: 'approve', version: 1, reason: text('estimate.reason') });
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString();
  const asked = await office.post(`/api/cases/${number}/consent-requests`, { until, reason: text('consent.reason') });
  await say('consent', { request: taken(asked, 201).body['id'], consent: true, words: text('customer.consent') });
  await filesOf(clerk, number, plants);
  await step(api, number, 'customerService', 'completion', {
    acceptedBy: ['客户服务部', '物业公司', '维修队长'],
    customerSigned: true,
    repairOpinion: text('completion.repairOpinion'),
  });
  await say('opinion', { solved: true, degree: 'verySatisfied', words: text('customer.opinion') });
  for (const print of ['call-register', 'survey-sheet', 'dossier']) await clerk.get(`/api/cases/${number}/prints/${print}`);
  await relabel(api, plants, `/api/cases/${number}`);
  return number;
}

/** What is refused leaves no words behind either. */
async function refused(office: Caller, number: string, plants: Plants): Promise<void> {
  const at = `/api/cases/${number}`;
  const bad = [
    await office.post(`${at}/steps/survey`, { form: { ...surveyForm, trades: plants.text('a refused choice'), findings: plants.text('a refused form') } }),
    await office.post(`${at}/steps/survey`, { form: { [plants.text('a field that is none')]: 'x' } }),
    await office.post(`${at}/steps/survey`, { form: { ...surveyForm, signedBy: [plants.text('a role that is none')] } }),
    await office.post(`${at}/steps/estimate.approve`, { form: { decision: 'reject', version: 1, reason: plants.text('a refused reason') } }),
    await office.post(`${at}/steps/survey`, `{"form": {"findings": "${plants.text('broken JSON')}"`),
    await office.get(`/api/cases?q=${encodeURIComponent(plants.text('what is sought'))}`),
    await office.get(`/api/registers/customers/entries?q=${encodeURIComponent(plants.telephone('a telephone that is sought'))}`),
  ]; // prettier-ignore
  if (bad.slice(0, 5).some(({ status }) => status < 400)) throw new Error('it was to be refused');
}

async function filesOf(clerk: Caller, number: string, plants: Plants): Promise<void> {
  const text = plants.text;
  const parts = [
    { bytes: `来信\n${text('a text file')}\n`, name: `${text('a file name')}.txt` },
    { bytes: `姓名,电话\n${text('a table')},${plants.telephone('a table')}\n`, name: 'list.csv' },
    {
      bytes: `%PDF-1.7\n1 0 obj << /Title (${text('a PDF')}) >> endobj\ntrailer << >>\nstartxref\n0\n%%EOF\n`,
      name: `${text('name of a PDF')}.pdf`,
    },
    { bytes: await picture(text('a picture')), name: `${plants.telephone('name of a picture')}.jpg` },
  ];
  const sent = taken(await sendFiles(clerk, parts), 201).body['items'] as { hash: string }[];
  for (const { hash } of sent) {
    const attached = await clerk.post(`/api/cases/${number}/attachments`, { file: hash, note: text('a note on a file') });
    const { id } = taken(attached, 201).body as { id: string };
    await clerk.get(`/api/files/${hash}`);
    await clerk.get(`/api/files/${hash}/thumbnail`);
    const path = `/api/cases/${number}/attachments/${id}/withdraw`;
    if (hash === sent[0]?.hash) taken(await clerk.post(path, { reason: text('why a file is withdrawn') }), 200);
  }
  await sendFiles(clerk, [{ bytes: `<html>${text('a refused file')}`, name: `${text('name of a refused file')}.html` }]);
}

/** A photo that says something of its own. */
const picture = async (says: string): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: '#345678' } })
    .withExif({ IFD0: { ImageDescription: says } })
    .jpeg()
    .toBuffer();
