/** Whoever writes to the engine can send a case anything: what is no message is seen before anything of the case is touched. */

const MAX_KEY = 500;

type Check = (value: unknown) => boolean;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText: Check = (value) => typeof value === 'string' && value !== '';
const isListOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const isInstant: Check = (value) => Number.isSafeInteger(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const isSet: Check = (value) => value === true;

const actor: Readonly<Record<string, Check>> = {
  person: isText,
  roles: isListOf(isText),
  for: optional(isListOf((one) => isRecord(one) && isText(one['person']) && isText(one['role']))),
  emergency: optional(isListOf((one) => isRecord(one) && isText(one['id']) && isText(one['role']))),
};

const message: Readonly<Record<string, Check>> = {
  key: (value) => isText(value) && (value as string).length <= MAX_KEY,
  step: isText,
  task: optional(isText),
  facts: isRecord,
  documentHash: optional(isText),
  actor: isRecord,
  away: optional(isListOf(isRecord)),
  occurredAt: isInstant,
  receivedAt: isInstant,
  records: optional(isSet),
  past: optional(isSet),
  pastEnds: optional(isSet),
  unrecorded: optional(isSet),
  change: optional(isRecord),
  signature: optional(isText),
};

/** @returns the path of the first part that is not as a message has it; undefined for a message */
export function malformed(given: unknown): string | undefined {
  if (!isRecord(given)) return 'message';
  const part = wrong(message, given);
  if (part !== undefined) return part;
  const of = wrong(actor, given['actor'] as Readonly<Record<string, unknown>>);
  return of === undefined ? undefined : `actor.${of}`;
}

const wrong = (checks: Readonly<Record<string, Check>>, given: Readonly<Record<string, unknown>>): string | undefined =>
  Object.entries(checks).find(([name, check]) => !check(given[name]))?.[0];
