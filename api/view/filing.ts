/** Filed forms in their versions: the same step answered again files a new version of its form. */
import type { Filing } from '../../db/read/filings.ts';
import { filedStep } from '../../domain/case/filed-step.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { formOf, type Pack } from '../../domain/pack.ts';
import { iso } from './instants.ts';

export interface FiledVersion extends Filing {
  readonly step: string;
  readonly form: string;
  readonly version: number;
  /** The version before, of the same step. */
  readonly before: string | undefined;
}

/** In order of filing. A form that several steps fill is counted for each of them. */
export function versionsOf(filings: readonly Filing[], { kind }: Pick<CaseState, 'kind'>, pack: Pack | undefined): FiledVersion[] {
  const last = new Map<string, { version: number; hash: string }>();
  const filed = new Set<string>();
  // A decision names the form that its step has filed already: that is no second filing.
  const first = filings.filter(({ event, hash }) => {
    const again = event.kind === 'decided' && filed.has(hash);
    filed.add(hash);
    return !again;
  });
  return first.map((filing) => {
    const step = filedStep(filing.event);
    const form = (pack === undefined ? undefined : formOf(pack, step, kind)?.id) ?? step;
    const before = last.get(step);
    const version = (before?.version ?? 0) + 1;
    last.set(step, { version, hash: filing.hash });
    return { ...filing, step, form, version, before: before?.hash };
  });
}

export function filedView({ seq, event, hash, name, step, form, version }: FiledVersion) {
  return {
    seq,
    step,
    form,
    version,
    hash,
    occurredAt: iso(event.occurredAt),
    recordedAt: iso(event.recordedAt),
    by: event.actor === undefined ? null : { person: event.actor.person, name, role: event.actor.role },
  };
}
