import type { Command } from 'commander';

interface Options {
  readonly pack: string;
  readonly toVersion?: string;
  readonly calendarVersion?: string;
  readonly reason: string;
  readonly as: string;
  readonly preview: boolean;
  readonly yes: boolean;
  readonly json: boolean;
}

/** `redress rebase`: the open cases of a pack go on by a newer version of it. Exit code 1 when a case refused. */
export function register(program: Command): void {
  program
    .command('rebase')
    .description('move the open cases of a pack to a newer version of it, after a look at their deadlines')
    .requiredOption('--pack <id>', 'the pack')
    .requiredOption('--reason <text>', 'why; it stands in the record of every case')
    .requiredOption('--as <person>', 'who commands it: a person with a role that may re-base in this pack')
    .option('--to-version <version>', 'which version; default: the one in force')
    .option('--calendar-version <version>', 'also this version of its calendar')
    .option('--preview', 'say which deadlines would move, and change nothing', false)
    .option('--yes', 'do not ask', false)
    .option('--json', 'as one line of JSON', false)
    .action(run);
}

async function run({ pack: id, toVersion, calendarVersion, reason, as, preview, yes, json }: Options): Promise<void> {
  const [{ randomUUID }, { atStore }, { follow, reached }, { confirm }, { countsOf, itemsOf }, { rolesOf }, { rebaseJob }, { formatDue }] =
    await Promise.all([
      import('node:crypto'),
      import('../calendar/at-store.ts'),
      import('../calendar/follow.ts'),
      import('../confirm.ts'),
      import('../../db/read/bulk.ts'),
      import('../../db/read/identity.ts'),
      import('../../desk/index.ts'),
      import('../../domain/time.ts'),
    ]);
  await atStore(async ({ db, rules, desk }) => {
    const roles = await rolesOf(db, as, id);
    if (roles.length === 0) throw new Error(`${as} has no role in the pack ${id}: nobody would take the command.`);
    const asked = await rebaseJob(rules, {
      id: randomUUID(),
      pack: id,
      toVersion,
      calendarVersion,
      reason,
      person: as,
      roles,
      at: Date.now(),
    });
    if (!asked.allowed) throw new Error(`${as} may not re-base in the pack ${id}: that is for ${asked.by.join(', ')}.`);
    const { id: job, toVersion: version } = asked.job;
    await desk.bulk.ask(asked.job);
    await reached(db, job, ['previewed', 'cancelled']);
    const counts = await countsOf(db, job);
    const first = await itemsOf(db, job, { limit: 50, moving: true });
    const drop = async (): Promise<void> => desk.bulk.cancel(job);
    if (!json) {
      say(`${id} ${version}: ${counts.total} open cases, deadlines move in ${counts.moving}${counts.moving > 50 ? ', the first 50' : ''}:`);
      for (const { case_number, code, changes } of first) {
        if (code !== null) say(`  ${case_number}  would be refused: ${code}`);
        for (const { clock, from, to } of changes) say(`  ${case_number}  ${clock.padEnd(22)} ${formatDue(from)} → ${formatDue(to)}`);
      }
    }
    if (preview) {
      await drop();
      return json ? say(JSON.stringify({ pack: id, toVersion: version, counts, first })) : undefined;
    }
    if (!yes && !(await confirm(`Move ${counts.total} open cases to ${id} ${version}?`))) {
      await drop();
      say('Nothing was changed. (--yes answers for you.)');
      process.exitCode = 1;
      return;
    }
    await desk.bulk.confirm(job);
    await follow(db, job, json, { pack: id, toVersion: version });
  });
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
