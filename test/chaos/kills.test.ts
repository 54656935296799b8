/** Failure of any process loses nothing that was answered with success. Zero failures in 12 kills shows little; `redress chaos` shows more. */
import { expect, test } from 'vitest';
import { runCampaign } from './campaign.ts';

test('12 kills over 60 cases under load: nothing lost, nothing doubled, no deadline missed or early, store = history', async () => {
  const seed = Number(process.env['REDRESS_CHAOS_SEED'] ?? 20261124);
  const found = await runCampaign({ cases: 60, kills: 12, seed }, (line) => console.log(`seed ${seed}, ${line}`));
  console.log(`${found.decisions} decisions acknowledged over ${found.cases} cases, ${found.deadlines} deadlines broken as they should be`);
  expect({ ...found, killed: found.killed.length }).toEqual({
    decisions: 600,
    cases: 60,
    deadlines: 20,
    lost: [],
    doubled: [],
    deadlinesWrong: [],
    unsettled: 0,
    differences: [],
    open: [],
    refused: [],
    killed: 12,
  });
});
