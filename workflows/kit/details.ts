/** What an operator reads in the Temporal UI. Markdown, ids and roles only: no names, telephones or wording. */
import { nextDue, openTasks, runningClocks, type CaseState } from '../../domain/case/state.ts';
import type { PackRules } from '../../domain/pack.ts';
import { formatDue } from '../../domain/time.ts';

export function describeCase(state: CaseState, rules: PackRules, links?: string): string {
  const due = nextDue(state);
  const lines = [
    `**${state.number}** · ${state.kind} · ${state.severity} · stage **${state.stage}** · round ${state.round}`,
    `Pack ${state.pack.id} ${state.pack.version} (\`${state.pack.hash.slice(0, 12)}\`)`,
    due === undefined ? 'No deadline runs.' : `Next due **${formatDue(due)}** (+08:00)`,
    `${state.breaches} breaches, ${state.escalations} escalations${state.escalatedTo === undefined ? '' : `, told ${state.escalatedTo}`}`,
    '',
    ...promises(state, rules),
    '',
    ...tasks(state),
  ];
  if (links !== undefined) lines.push('', `[Case](${links}${state.number})`);
  return lines.join('\n');
}

/** The case's own two promises beside the dues of its steps. */
function promises(state: CaseState, rules: PackRules): string[] {
  const rows = Object.values(state.clocks).filter(
    (k) => k.limit === rules.responseLimit || k.limit === rules.closureLimit || k.status === 'running',
  );
  if (rows.length === 0) return [];
  return [
    '| limit | due | |',
    '| --- | --- | --- |',
    ...rows.map((k) => `| ${k.limit} | ${formatDue(k.dueAt)}${k.provisional ? ' (provisional)' : ''} | ${k.status} |`),
  ];
}

function tasks(state: CaseState): string[] {
  const dues = new Map(runningClocks(state).map((k) => [k.id, k.dueAt]));
  return openTasks(state)
    .filter((t) => !t.optional)
    .map((t) => {
      const due = t.clock === undefined ? undefined : dues.get(t.clock);
      return `- \`${t.id}\` by ${t.by.join(' or ')}${t.clause === undefined ? '' : `, clause ${t.clause}`}${due === undefined ? '' : `, due ${formatDue(due)}`}`;
    });
}
