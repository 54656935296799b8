/** A case as its customer is shown it: field by field, so that nothing else can come along. */
import type { Progress } from '../../domain/customer/progress.ts';
import type { Instant } from '../../domain/time.ts';
import { iso } from './instants.ts';

export interface ConsentSeen {
  readonly id: string;
  readonly until: Instant;
  readonly reason: string;
}

/** @param progress undefined: received, and not decided yet @param consent what the customer is asked to consent to */
export function trackingView(number: string, progress: Progress | undefined, consent?: ConsentSeen) {
  if (progress === undefined) {
    return {
      number,
      status: 'received' as const,
      openedAt: null,
      round: 1,
      stage: { zh: '已收到', en: 'Received', since: null },
      stages: [],
      promises: [],
      contact: { zh: '客服人员', en: 'service staff' },
      awaited: [],
    };
  }
  const { status, openedAt, round, stage, stages, promises, contact, awaited } = progress;
  return {
    number,
    status,
    openedAt: iso(openedAt),
    round,
    stage: { zh: stage.zh, en: stage.en, since: iso(stage.since) },
    stages: stages.map(({ zh, en, since }) => ({ zh, en, since: iso(since) })),
    promises: promises.map(({ what, dueAt, provisional, late, reason }) => ({ what, dueAt: iso(dueAt), provisional, late, reason })),
    contact,
    awaited: [...awaited.map(({ what, zh, en }) => ({ what, zh, en })), ...(consent === undefined ? [] : [consentView(consent)])],
  };
}

const consentView = ({ id, until, reason }: ConsentSeen) => ({
  what: 'consent' as const,
  zh: '请确认是否同意延期',
  en: 'Please say whether you consent to a later time',
  request: id,
  until: iso(until),
  reason,
});
