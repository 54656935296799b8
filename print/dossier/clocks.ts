/** The deadlines of a case, each with its verdict and the reasons for its instant. */
import { clockStory } from '../../domain/case/clock-story.ts';
import type { ClockState } from '../../domain/case/state.ts';
import type { CaseFile } from '../case/case-file.ts';
import { limitName, roleName } from '../case/words.ts';
import { sayDue, sayInstant } from '../kit/say.ts';
import type { Block } from '../kit/sheet.ts';

const VERDICTS: Readonly<Record<ClockState['status'], string>> = {
  running: '计时中',
  met: '如期',
  breached: '超时',
  excused: '更正为未超时',
  stopped: '停止计时',
};

export function clockBlocks(file: CaseFile): readonly Block[] {
  const clocks = Object.values(file.state.clocks);
  if (clocks.length === 0) return [];
  const events = file.rows.map(({ event }) => event);
  return [
    { kind: 'heading', text: '三、时限与判定' },
    {
      kind: 'grid',
      head: ['时限', '起算 → 到期', '判定', '依据'],
      widths: [13, 20, 17, 50],
      rows: clocks.map((clock) => [
        `${limitName(clock.limit, file)}\n（${clock.hardness === 'hard' ? '硬' : '软'}${clock.clause === undefined ? '' : `，${clock.clause.replace('proposal', '设定')}`}）`,
        `${sayInstant(clock.startAt)}\n→ ${sayDue(clock.dueAt)}${clock.provisional ? '（暂定）' : ''}`,
        `${VERDICTS[clock.status]}${clock.doneAt === undefined ? '' : `\n${sayInstant(clock.doneAt)}`}`,
        reasonsOf(clock, file, events).join('\n'),
      ]),
    },
  ];
}

/** By the rules and the calendar that the case went by then; nothing where the store has them no more. */
function reasonsOf(clock: ClockState, file: CaseFile, events: readonly CaseFile['rows'][number]['event'][]): string[] {
  const reckoning = (seq: number) => {
    const { pack, calendar } = file.under(seq) ?? {};
    const rule = pack?.rules.limits[clock.limit];
    return rule === undefined || calendar === undefined ? undefined : { rule, calendar };
  };
  const first = reckoning(events.find((e) => e.kind === 'clock-started' && e.data.clock === clock.id)?.seq ?? 0);
  if (first === undefined) return [];
  const names = { limit: limitName(clock.limit, file), role: (id: string) => roleName(id, file) };
  return clockStory(clock.id, events, first.rule, first.calendar, names, 'zh', reckoning);
}
