/** Whether an event says what its message says: what it repeats of it, it repeats exactly; what follows from it is the procedure's. */
import { canonicalJson } from '../domain/canonical.ts';
import type { Actor, AnyEvent, CaseEvent } from '../domain/case/event.ts';
import type { Message } from '../workflows/kit/messages.ts';
import type { Frame } from './seal.ts';

/** @param frame what the case was opened with, when the message is its opening */
export function agrees(event: AnyEvent, message: Message, frame?: Frame): boolean {
  const { step, task, facts, documentHash, occurredAt, receivedAt } = message;
  if (event.recordedAt < receivedAt || event.past !== message.past) return false;
  switch (event.kind) {
    case 'opened':
      return (
        isBy(event.actor, message) &&
        event.occurredAt === occurredAt &&
        event.data.documentHash === documentHash &&
        isSame(event.data.facts, facts) &&
        frame !== undefined &&
        isOpenedAs(event.data, frame)
      );
    case 'submitted':
      return (
        isBy(event.actor, message) &&
        event.occurredAt === occurredAt &&
        event.data.step === step &&
        (task === undefined || event.data.task === task) &&
        event.data.unrecorded === message.unrecorded &&
        event.data.documentHash === documentHash &&
        isSame(event.data.facts, facts)
      );
    case 'decided':
      return isBy(event.actor, message) && event.occurredAt === occurredAt && isDecidedAs(event.data, message);
    case 'assigned':
      return isBy(event.actor, message) && event.data.person === facts['person'] && event.data.task === facts['task'];
    case 'nudged':
      return isBy(event.actor, message) && event.data.task === facts['task'] && event.data.from === facts['from'];
    case 'rebased':
      return isBy(event.actor, message) && event.data.documentHash === documentHash && isRebasedTo(event.data, message);
    case 'ended':
      // By an act of the case; one that the procedure ends names nobody.
      return (
        event.actor === undefined ||
        (isBy(event.actor, message) && event.data.documentHash === documentHash && event.data.of === facts['of'])
      );
    default:
      return true;
  }
}

/** The sender, in a role that the desk has sealed: their own, that of whom they act for, or that of an emergency grant. */
function isBy(by: Actor | undefined, { actor }: Message): boolean {
  if (by?.person !== actor.person) return false;
  const { role, for: principal, delegation, emergency } = by;
  if (emergency !== undefined)
    return principal === undefined && (actor.emergency ?? []).some((grant) => grant.id === emergency && grant.role === role);
  if (principal !== undefined)
    return (actor.for ?? []).some((one) => one.person === principal && one.role === role && one.delegation?.id === delegation);
  // A sender without roles is recorded in none.
  return delegation === undefined && (role === '' || actor.roles.includes(role));
}

function isOpenedAs({ number, kind, pack, calendar }: CaseEvent<'opened'>['data'], frame: Frame): boolean {
  const { rules } = frame;
  return (
    number === frame.number &&
    kind === frame.kind &&
    pack.id === rules.id &&
    pack.version === rules.version &&
    pack.hash === rules.hash &&
    calendar.id === frame.calendar.id &&
    calendar.version === frame.calendar.version
  );
}

/** What an old register only knows to have been done counts as approved. */
function isDecidedAs({ proposal, decision, documentHash }: CaseEvent<'decided'>['data'], message: Message): boolean {
  const { facts, unrecorded } = message;
  return (
    decision === (unrecorded ? 'approve' : (facts['decision'] ?? decision)) &&
    proposal.version === (facts['version'] ?? proposal.version) &&
    proposal.hash === (facts['proposalHash'] ?? proposal.hash) &&
    documentHash === message.documentHash
  );
}

/** Versions that the message does not name stay as they were. */
function isRebasedTo({ pack, calendar, from }: CaseEvent<'rebased'>['data'], { facts }: Message): boolean {
  const to = calendar ?? from.calendar;
  return (
    (pack ?? from.pack).hash === (facts['packHash'] ?? from.pack.hash) &&
    to.id === (facts['calendarId'] ?? from.calendar.id) &&
    to.version === (facts['calendarVersion'] ?? from.calendar.version)
  );
}

const isSame = (one: unknown, other: unknown): boolean => canonicalJson(one) === canonicalJson(other);
