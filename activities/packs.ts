/** What the approval or withdrawal of a pack brings about: its standing among the versions. Each once, however often it is tried. */
import { sql } from 'kysely';
import type { Db, Trx } from '../db/database.ts';
import { hashOfPack, lockVersions } from '../db/packs.ts';
import { sealedText, subjects } from '../db/personal.ts';
import { formOf, textOf } from '../db/read/documents.ts';
import { activeHash } from '../db/read/packs.ts';
import type { Pack } from '../domain/pack.ts';
import type { EffectCall, PackPorts } from '../workflows/kit/ports.ts';
import { once } from './once.ts';
import { recordedCall } from './recorded-call.ts';

/** The pack under which packs are approved: without it none could be put into force again. */
const GOVERNANCE = 's1-eval';

export function createPackEffects(db: Db): PackPorts {
  return {
    async filePackDraft(draft) {
      return once(db, 'filePackDraft', draft, async (trx) => {
        await lockVersions(trx);
        const rival = await openProposal(trx, draft.pack, draft.number);
        if (rival !== undefined) return { filed: false, of: rival };
        return { filed: await fileDraft(trx, draft) };
      });
    },

    async dropPackDraft(call) {
      await once(db, 'dropPackDraft', call, async (trx) => {
        await replaceDrafts(trx, call.number, '');
        return {};
      });
    },

    async activatePack(call) {
      await recordedCall(db, 'activatePack', call);
      const { number, hash, activeFrom } = call;
      return once(db, 'activatePack', call, async (trx) => {
        await lockVersions(trx);
        await checkApproved(trx, number, hash);
        const row = await trx
          .updateTable('pack_version')
          .set({ status: 'active', active_from: new Date(activeFrom), ...(await reasonFrom(trx, number)) })
          .where('hash', '=', hash)
          .where('case_number', '=', number)
          .where('status', '=', 'proposed')
          .returning(['id'])
          .executeTakeFirst();
        if (row === undefined && (await wasNotFiled(trx, number))) return { refused: true };
        if (row === undefined) throw new Error(`case ${number}: ${hash} is not a draft that it has filed yet`);
        return { replaces: await inForceBeside(trx, row.id, hash, activeFrom) };
      });
    },

    async withdrawPack(call) {
      await recordedCall(db, 'withdrawPack', call);
      const { number, hash, at } = call;
      return once(db, 'withdrawPack', call, async (trx) => {
        await lockVersions(trx);
        const row = await trx.selectFrom('pack_version').select(['id', 'status']).where('hash', '=', hash).executeTakeFirst();
        if (row?.status !== 'active') return { withdrawn: false };
        const instead = await inForceBeside(trx, row.id, hash, at);
        if (row.id === GOVERNANCE && instead === NONE) return { withdrawn: false };
        await trx
          .updateTable('pack_version')
          .set({ status: 'withdrawn', withdrawn_at: new Date(at), ...(await reasonFrom(trx, number)) })
          .where('hash', '=', hash)
          .execute();
        return { withdrawn: true, inForce: instead };
      });
    },
  };
}

type Draft = Parameters<PackPorts['filePackDraft']>[0];

/** False when the text is not the pack it is said to be, or its version is taken. */
async function fileDraft(trx: Trx, { number, pack: id, version, hash, content }: Draft): Promise<boolean> {
  const known = await trx.selectFrom('pack_version').select('status').where('hash', '=', hash).executeTakeFirst();
  if (known?.status === 'active' || known?.status === 'withdrawn') return false;
  await replaceDrafts(trx, number, hash);
  const taken = await trx
    .selectFrom('pack_version')
    .select('hash')
    .where('id', '=', id)
    .where('version', '=', version)
    .where('status', '<>', 'rejected')
    .where('hash', '<>', hash)
    .executeTakeFirst();
  if (taken !== undefined) return false;
  if (known !== undefined) {
    await trx.updateTable('pack_version').set({ status: 'proposed', case_number: number, reason: null }).where('hash', '=', hash).execute();
    return true;
  }
  const kept = await trx.selectFrom('document').select(['body', 'subject']).where('hash', '=', content).executeTakeFirst();
  const body = kept === undefined ? undefined : await textOf(trx, kept);
  if (body === undefined || !isPack(body, id, version, hash)) return false;
  await trx.insertInto('pack_version').values({ hash, id, version, content: body, status: 'proposed', case_number: number }).execute();
  return true;
}

function isPack(body: string, id: string, version: string, hash: string): boolean {
  const pack = JSON.parse(body) as Partial<Pack>;
  return pack.id === id && pack.version === version && pack.rules !== undefined && hashOfPack(pack as Pack) === hash;
}

/** Drafts of the case but the one of that hash are no longer proposed. */
async function replaceDrafts(trx: Trx, number: string, hash: string): Promise<void> {
  await trx
    .updateTable('pack_version')
    .set({ status: 'rejected' })
    .where('case_number', '=', number)
    .where('status', '=', 'proposed')
    .where('hash', '<>', hash)
    .execute();
}

async function openProposal(trx: Trx, id: string, number: string): Promise<string | undefined> {
  const row = await trx
    .selectFrom('pack_version')
    .select('case_number')
    .where('id', '=', id)
    .where('status', '=', 'proposed')
    .where('case_number', '<>', number)
    .executeTakeFirst();
  return row?.case_number ?? undefined;
}

/** A draft of the case could not be filed: it ends for that, and there is nothing to put into force. */
async function wasNotFiled(trx: Trx, number: string): Promise<boolean> {
  const row = await trx
    .selectFrom('effect_receipt')
    .select('ordinal')
    .where('case_number', '=', number)
    .where('effect', '=', 'filePackDraft')
    .where(sql<boolean>`result ->> 'filed' = 'false'`)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** @throws unless the record of the case approves exactly this hash */
async function checkApproved(trx: Trx, number: string, hash: string): Promise<void> {
  const file = await trx.selectFrom('case_file').select('state').where('number', '=', number).executeTakeFirst();
  const proposal = file?.state.proposals['pack'];
  if (proposal?.outcome !== 'approved' || proposal.hash !== hash) throw new Error(`case ${number}: ${hash} is not what was approved`);
}

const NONE = 'none';

/** Version in force at an instant but for the one of that hash. */
async function inForceBeside(trx: Trx, id: string, hash: string, at: number): Promise<string> {
  const other = await activeHash(trx, id, at, hash);
  if (other === undefined) return NONE;
  return (await trx.selectFrom('pack_version').select('version').where('hash', '=', other).executeTakeFirstOrThrow()).version;
}

/** The reason in the words of whoever opened the case, sealed for the case. */
async function reasonFrom(trx: Trx, number: EffectCall['number']): Promise<{ reason: string | null; reason_case: string }> {
  const row = await trx
    .selectFrom('event')
    .innerJoin('document', (j) => j.on(sql<boolean>`document.hash = event.body -> 'data' ->> 'documentHash'`))
    .select(['document.body', 'document.subject'])
    .where('event.case_number', '=', number)
    .where('event.seq', '=', 1)
    .executeTakeFirst();
  const form = row === undefined ? {} : await formOf(trx, row);
  const { reason } = form;
  return { reason: typeof reason === 'string' ? await sealedText(trx, subjects.case(number), reason) : null, reason_case: number };
}
