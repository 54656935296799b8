/** Plants what the office writes down beside cases: registers, imports, people, absences, accounts, audits. */
import type { Db } from '../../../../db/database.ts';
import { setRoles } from '../../../../db/people.ts';
import { isoBeijing } from '../../../../domain/time.ts';
import type { RegisterDef } from '../../../../domain/register/definition.ts';
import { isSealed } from '../../../../domain/register/sealed.ts';
import { loadRegisters } from '../../../../packs/registers/load.ts';
import { administrator } from '../../../api/support/administrators.ts';
import type { Api, Caller } from '../../../api/support/api.ts';
import { fillIn } from './fill.ts';
import type { Plants } from './plants.ts';
import { taken } from './taken.ts';

/** One entry of every register that can be written by itself. @returns how many were */
export async function writeRegisters(api: Api, plants: Plants): Promise<number> {
  let written = 0;
  for (const [id, def] of loadRegisters()) {
    const who = await writerOf(api, def);
    const body = fillIn(def.fields, { plants, where: id, roles: [] });
    const { status, body: made } = await who.post(`/api/registers/${id}/entries`, { body });
    if (status !== 201) continue;
    written += 1;
    const path = `/api/registers/${id}/entries/${String(made['id'])}`;
    const reason = plants.text(`${id}: reason of a change`);
    const changed = await who.put(path, { body: { ...body, ...fillIn(def.fields.filter(isSealed), { plants, where: `${id}, changed`, roles: [] }) }, reason }, { 'if-match': `"${String(made['version'])}"` }); // prettier-ignore
    const version = String(changed.body['version'] ?? made['version']);
    await who.post(`${path}/withdraw`, { reason: plants.text(`${id}: reason of a withdrawal`) }, { 'if-match': `"${version}"` });
  }
  return written;
}

const writerOf = (api: Api, def: RegisterDef): Promise<Caller> => {
  const packs = { ...def.write, ...(def.review === undefined ? {} : { [def.review.pack]: [...(def.write[def.review.pack] ?? []), def.review.review] }) }; // prettier-ignore
  return api.withPacks(`writer-${def.id}`, packs);
};

/** Good and bad rows of customers, and a note of a contact that is passed on. */
export async function importAndPass(api: Api, plants: Plants): Promise<void> {
  const def = loadRegisters().get('customers')!;
  const who = await writerOf(api, def);
  const headings = def.fields.filter(
    (field) => (field.type === 'text' && isSealed(field)) || field.type === 'id' || (field.type === 'choice' && field.required),
  );
  const row = (good: boolean, n: number): string =>
    headings
      .map(({ name, type, options }) => {
        if (type === 'id') return good ? `KH-CANARY-${n}` : plants.text('a bad row: id');
        if (type === 'choice') return good ? options?.[0] : plants.text(`a bad row: ${name}`);
        return /telephone/i.test(name) ? plants.telephone(`a row: ${name}`) : plants.text(`a row: ${name}`);
      })
      .join(',');
  const table = [headings.map(({ zh }) => zh).join(','), row(true, 1), row(false, 2), row(true, 3), `"${plants.text('a broken row')}`].join('\n'); // prettier-ignore
  const imported = taken(await who.post('/api/registers/customers/imports', Buffer.from(table), { 'content-type': 'text/csv' }), 200);
  if (imported.body['new'] !== 2 || imported.body['bad'] < 1) throw new Error(imported.text);

  const marketing = await api.withPacks('li.na', { 's0-ts16949': ['marketing'] });
  const contact = {
    at: '2026-11-02 09:00',
    channel: 'call',
    customer: plants.text('contact.customer'),
    content: plants.text('contact.content'),
  };
  const noted = taken(await marketing.post('/api/registers/contacts/entries', { body: { ...contact, takenBy: 'li.na' } }), 201);
  const passed = { role: 'salesDepartment', reason: plants.text('contact: why it is passed on') };
  const roles = ['marketing', 'generalManager', 'quality', 'management'];
  for (const role of [passed.role, ...roles])
    if ((await marketing.post(`/api/registers/contacts/entries/${String(noted.body['id'])}/passes`, { ...passed, role })).status === 201)
      return;
  throw new Error('the contact was passed on to nobody');
}

/** @param inClear gets the printed names of staff, which stay as they are */
export async function beStaff(api: Api, db: Db, plants: Plants, inClear: Set<string>): Promise<void> {
  const boss = await administrator(api, db, 'administrator');
  const name = plants.text('printed name of staff');
  inClear.add(name);
  taken(await boss.post('/api/people', { person: 'new.one', name }), 201);
  taken(await boss.post('/api/people/new.one/mail', { mail: plants.mail('mail of staff') }), 200);
  const link = taken(await boss.post('/api/people/new.one/one-time-link', {}), 201);
  const password = plants.text('a password');
  const secret = String(link.body['link']).split('#')[1];
  const browser = { 'user-agent': plants.mail('a browser') };
  const origin = { origin: 'http://127.0.0.1:8080', ...browser };
  taken(await api.anybody.post('/api/one-time-links/use', { secret, password }, origin), 201);
  taken(await api.anybody.post('/api/sessions', { person: 'new.one', password }, origin), 201);
  await api.anybody.post('/api/sessions', { person: 'new.one', password: plants.text('a wrong password') }, origin);
  await api.anybody.post('/api/sessions', { person: plants.mail('a mail address for an id'), password }, origin);

  // Nobody stands in where they hold no role.
  await setRoles(db, 'new.one', 's3-cs19', ['recordsClerk']);
  const manager = await api.as('serviceManager');
  await api.as('recordsClerk');
  const absence = { substitute: 'recordsClerk', from: isoBeijing(Date.now() + 86_400_000), until: isoBeijing(Date.now() + 2 * 86_400_000) };
  taken(await manager.post('/api/absences', { ...absence, reason: plants.text('reason of an absence') }), 201);
  taken(await manager.post('/api/bulk-jobs', { pack: 's3-cs19', reason: plants.text('reason of a bulk job') }), 202);
  const decision = { reference: '财字1号', by: '总经理', at: '2026-01-05 09:00', reason: plants.text('reason of an account') };
  taken(await (await api.as('finance')).post('/api/accounts', { kind: 'fund', fund: 'customerService', decision }), 201);
}

/** What is drawn for the approved estimate of a repair, and what fills the fund up again. */
export async function moveMoney(api: Api, plants: Plants, number: string): Promise<void> {
  const { proposals } = taken(await (await api.as('serviceManager')).get(`/api/cases/${number}`), 200).body;
  const entries = `/api/accounts/${encodeURIComponent('fund:customerService')}/entries`;
  const drawn = { kind: 'draw', amount: '1.00', case: number, proposal: proposals[0].hash, note: plants.text('note on a draw') };
  taken(await (await api.as('customerService')).post(entries, drawn), 201);
  const decision = { reference: '财字2号', by: '总经理', at: '2026-01-05 09:00', reason: plants.text('reason of a replenishment') };
  taken(await (await api.as('finance')).post(entries, { kind: 'replenish', amount: '1.00', decision }), 201);
}
