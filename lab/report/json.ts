/** The report of a run for a machine. Instants are ISO 8601 with +08:00. */
import { isoBeijing } from '../../domain/time.ts';
import { whyOf } from '../expect/look.ts';
import type { Played } from '../play/play.ts';
import { timelineOf } from './timeline.ts';

export function runJson(all: readonly Played[]) {
  const checks = all.flatMap((p) => p.steps.flatMap((s) => s.checks));
  return {
    held: all.every((p) => p.held),
    stories: { held: all.filter((p) => p.held).length, total: all.length },
    expectations: { held: checks.filter((c) => c.held).length, total: checks.length },
    results: all.map(storyJson),
  };
}

function storyJson(played: Played) {
  const { story, cases, held, notPlayed, failure } = played;
  const { id, version, hash } = story.pack;
  return {
    file: story.file,
    title: story.title,
    variant: story.variant ?? null,
    held,
    notPlayed,
    failure: failure ?? null,
    pack: { id, version, hash },
    timeline: timelineOf(played, 'en').map(({ at, ...line }) => ({ at: isoBeijing(at), ...line })),
    cases: cases.map(({ name, number, look }) => ({
      name,
      number,
      status: look.state.status,
      stage: look.state.stage,
      breaches: look.state.breaches,
      escalations: look.state.escalations,
      limits: Object.values(look.state.clocks).map((clock) => ({
        id: clock.id,
        limit: clock.limit,
        dueAt: isoBeijing(clock.dueAt),
        provisional: clock.provisional,
        status: clock.status,
        lateByMs: clock.lateBy ?? null,
        why: whyOf(look, clock),
      })),
    })),
  };
}
