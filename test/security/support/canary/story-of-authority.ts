/** Plants why somebody may what others decide: delegations, emergencies, labels, marks of an audit, packs, tokens, identities. */
import { readFileSync } from 'node:fs';
import { linkIdentity } from '../../../../db/identities.ts';
import { makeToken } from '../../../../db/tokens.ts';
import type { Db } from '../../../../db/database.ts';
import { isoBeijing } from '../../../../domain/time.ts';
import { inSession } from '../../../api/support/administrators.ts';
import type { Api } from '../../../api/support/api.ts';
import type { Plants } from './plants.ts';
import { taken } from './taken.ts';

const HOUR = 3_600_000;
const span = { from: isoBeijing(Date.now() - HOUR), until: isoBeijing(Date.now() + HOUR) };

/** @param number a repair whose estimate waits for its approval; it waits still afterwards */
export async function inEmergency(api: Api, db: Db, plants: Plants, number: string): Promise<void> {
  const overseer = (name: string) => api.withPacks(name, { 's3-cs19': ['customerService', 'recordsClerk'] });
  const [an, bo, ci] = [await overseer('an'), await overseer('bo'), await overseer('ci')];
  const ask = async (): Promise<string> => {
    const body = { case: number, task: 'estimate.approve#1', until: span.until, reason: plants.text('why an emergency is asked for') };
    return `/api/emergency-grants/${String(taken(await an.post('/api/emergency-grants', body), 201).body['id'])}`;
  };
  const grant = await ask();
  taken(await (await inSession(api, db, 'bo')).post(`${grant}/grant`, { reason: plants.text('why it is granted') }), 200);
  taken(await bo.post(`${grant}/end`, { reason: plants.text('why it is taken back') }), 200);
  taken(await ci.post(`${grant}/review`, { rightDone: true, finding: plants.text('what the review found') }), 200);
  taken(await an.get('/api/emergency-grants'), 200);
}

/** The record is as secret afterwards as it was. @param path of a case or an entry */
export async function relabel(api: Api, plants: Plants, path: string): Promise<void> {
  const roles = { 's3-cs19': ['serviceManager', 'customerService', 'generalManager'] };
  const [one, other] = [await api.withPacks('label-one', roles), await api.withPacks('label-other', roles)];
  const { label } = taken(await one.get(`${path}/labels`), 200).body;
  taken(await one.post(`${path}/labels`, { label: 'secret' }), 200);
  const lowered = taken(await one.post(`${path}/labels`, { label, reason: plants.text(`why ${path} is lowered`) }), 200);
  taken(await other.post(`${path}/labels/${String(lowered.body['id'])}`, { decision: 'approve' }), 200);
}

export async function standIn(api: Api, plants: Plants): Promise<void> {
  await api.withPacks('delegate', { 's3-cs19': ['recordsClerk'] });
  const asked = { delegate: 'delegate', pack: 's3-cs19', ...span, reason: plants.text('reason of a delegation') };
  taken(await (await api.as('serviceManager')).post('/api/delegations', asked), 201);
}

export async function auditService(api: Api, plants: Plants): Promise<void> {
  const auditor = await api.withPacks('auditor', { 's1-eval': ['evaluationGroup', 'manager'] });
  const period = { from: '2026-01-01 00:00', to: '2026-12-31 24:00' };
  const { id, result } = taken(await auditor.post('/api/audits', period), 201).body;
  for (const { indicator } of result.lines as { indicator: string }[]) {
    const mark = { indicator, applicable: false, points: 0, reason: plants.text(`what the auditor says of ${indicator}`) };
    taken(await auditor.post(`/api/audits/${id}/marks`, mark), 200);
  }
  taken(await auditor.post(`/api/audits/${id}/issue`, {}), 200);
}

/** A pack that is proposed, reviewed, approved and withdrawn again. */
export async function changePack(api: Api, plants: Plants): Promise<void> {
  const by = (name: string, role: string) => api.withPacks(name, { 's1-eval': [role], 's3-std': ['generalManager'] });
  const [drafter, manager, general] = [await by('drafter', 'serviceDepartment'), await by('reviewer', 'manager'), await by('approver', 'generalManager')]; // prettier-ignore
  const yaml = readFileSync(new URL('../../../../packs/s3-std/pack.yaml', import.meta.url), 'utf8').replace(
    /^version: .*$/m,
    'version: 9.9.9',
  );
  const proposed = taken(await drafter.post('/api/packs/s3-std/proposals', { yaml, reason: plants.text('why a pack is changed') }), 201);
  const form = { decision: 'approve', version: 1 };
  const step = `/api/cases/${String(proposed.body['number'])}/steps/pack`;
  taken(await manager.post(`${step}.review`, { form }), 200);
  taken(await general.post(`${step}.approve`, { form }), 200);
  const standing = async (): Promise<string | undefined> => {
    const items = taken(await drafter.get('/api/packs/s3-std/versions'), 200).body['items'] as { version: string; standing: string }[];
    return items.find(({ version }) => version === '9.9.9')?.standing;
  };
  for (let tries = 0; (await standing()) !== 'active'; tries += 1) {
    if (tries > 100) throw new Error('the pack is not in force');
    await new Promise((done) => setTimeout(done, 100));
  }
  taken(await general.post('/api/packs/s3-std/withdrawals', { version: '9.9.9', reason: plants.text('why a pack is withdrawn') }), 201);
}

/** What no route takes here: tokens ask for a session, identities for a provider. */
export async function beKnown(db: Db, plants: Plants, person: string): Promise<void> {
  const [at, hash] = [Date.now(), 'f'.repeat(64)];
  await makeToken(db, { hash, person, name: plants.text('what a token is for'), scopes: ['read'], endsAt: at + HOUR });
  const subject = plants.mail('what the provider calls somebody');
  if (!(await linkIdentity(db, { issuer: 'https://login.example.com', subject, person, by: person, at }))) throw new Error('taken');
}
