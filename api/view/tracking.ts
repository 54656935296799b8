/** A case as its customer is shown it: field by field, so that nothing else can come along. */
import type { Progress } from '../../domain/customer/progress.ts';
import { iso } from './instants.ts';

/** @param progress undefined: received, and not decided yet */
export function trackingView(number: string, progress: Progress | undefined) {
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
    awaited: awaited.map(({ what, zh, en }) => ({ what, zh, en })),
  };
}
