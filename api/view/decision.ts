/** A decision as it is shown: printed name, time, meaning, the exact text, and what binds it to the record (21 CFR 11.50, 11.70). */
import type { ExactText, SignedDecision } from '../../db/read/decisions.ts';
import { isFreshAt } from '../../domain/authority/fresh.ts';
import { labelOf } from '../../domain/case/acts.ts';
import { LAPSES, MEANINGS } from '../../domain/case/decisions.ts';
import { plainYuan } from '../../domain/money.ts';
import type { Pack } from '../../domain/pack.ts';
import type { Veil } from '../../domain/case/veil.ts';
import { linkOf } from './event.ts';
import { iso } from './instants.ts';

/** What is shown of a decision without its text. */
export function decisionView(made: SignedDecision, pack: Pack | undefined, veil?: Veil) {
  const { event, meaning, on, proposal, signers, lapsed, name, forName, forged, sent, signedIn, hash, chained } = made;
  const { actor } = event;
  return {
    seq: event.seq,
    meaning,
    meaningLabel: MEANINGS[meaning],
    on,
    onLabel: pack === undefined ? null : (labelOf(pack, on) ?? null),
    printedName: name,
    person: actor?.person ?? null,
    role: actor?.role ?? null,
    roleLabel: labelOfRole(actor?.role, pack),
    for: actor?.for === undefined ? null : { person: actor.for, printedName: forName },
    delegation: actor?.delegation ?? null,
    emergency: actor?.emergency ?? null,
    signers: [...(signers ?? [])],
    at: iso(event.occurredAt),
    recordedAt: iso(event.recordedAt),
    clause: event.clause ?? null,
    proposal:
      proposal === undefined
        ? null
        : {
            name: proposal.name,
            version: proposal.version,
            hash: proposal.hash,
            amount: proposal.amount === undefined ? null : plainYuan(proposal.amount),
          },
    lapsed: lapsed === undefined ? null : { seq: lapsed.seq, why: lapsed.why, ...LAPSES[lapsed.why] },
    desk: deskOf(event.outside === true, forged),
    sent,
    past: event.past === true,
    signIn:
      signedIn === null
        ? null
        : {
            how: signedIn.how as 'password' | 'link' | 'oidc' | 'token',
            fresh: isFreshAt(signedIn.freshAt ?? undefined, event.recordedAt),
          },
    record: { hash: linkOf(event.seq, hash, veil), matches: chained },
  };
}

function deskOf(outside: boolean, forged: string | null): 'sealed' | 'past' | 'forged' {
  if (forged !== null) return 'forged';
  return outside ? 'past' : 'sealed';
}

function labelOfRole(role: string | undefined, pack: Pack | undefined): { zh: string; en: string } | null {
  const found = pack?.roles.find(({ id }) => id === role);
  return found === undefined ? null : { zh: found.zh, en: found.en };
}

/** The exact text, compared; null where nothing of that hash is stored, as of a version that no form was filed for. */
export function textView(hash: string | undefined, texts: ReadonlyMap<string, ExactText>) {
  if (hash === undefined) return null;
  const text = texts.get(hash);
  return { hash, matches: text?.matches ?? null, form: text === undefined ? null : { ...text.form } };
}
