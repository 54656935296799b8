import type { Command } from 'commander';

interface Options {
  readonly reason?: string;
  readonly despite?: string;
  readonly as?: string;
  readonly yes: boolean;
  readonly again: boolean;
  readonly due: boolean;
}

/** `redress erase`: destroys the keys of what is personal. Without `--yes` it only says what would be erased. */
export function register(program: Command): void {
  program
    .command('erase')
    .description('erase what is personal of a customer, a case or a person, for ever; the record stands and verifies')
    .argument('[of]', 'an entry such as customers/KH-2026-00001 with all that names it, case:<number> or person:<id>')
    .option('--reason <text>', 'why; it is kept, so it names nobody')
    .option('--despite <ground>', 'the legal ground on which cases are erased that their procedure still keeps')
    .option('--as <person>', 'who does it')
    .option('--yes', 'do it', false)
    .option('--due', 'everything that has been kept as long as its procedure or register says', false)
    .option('--again', 'after the database was put back to an earlier day: what the log outside it says was erased', false)
    .action(run);
}

async function run(of: string | undefined, { reason, despite, as, yes, again, due }: Options): Promise<void> {
  const [
    { randomUUID },
    { config },
    { reach },
    { connect },
    { ruleBook },
    { readErasureOf },
    { eraseAgain, eraseAll, overdue, planErasure, standing },
    { readVault },
    { loadRegisters },
    { isPerson },
  ] = await Promise.all([
    import('node:crypto'),
    import('../../temporal.config.ts'),
    import('../stack/reach.ts'),
    import('../../db/database.ts'),
    import('../../runtime/packs.ts'),
    import('../../domain/erasure.ts'),
    import('../../runtime/erasing.ts'),
    import('../../runtime/vault.ts'),
    import('../../packs/registers/load.ts'),
    import('../../db/people.ts'),
  ]);
  const asked = of === undefined ? undefined : readErasureOf(of);
  if (!again && !due && asked === undefined) throw new Error('say of whom: customers/KH-2026-00001, case:<number> or person:<id>');
  if (yes && !again && (reason === undefined || as === undefined)) throw new Error('say --reason "<why>" and --as <person>');
  const db = connect({ url: (await reach(config)).databaseUrl, poolSize: 2, vault: readVault(config.vault) });
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  try {
    if (again) return say(`${await eraseAgain(db, config.erasureLog)} erased again.`);
    const rules = ruleBook(db, (why) => process.stderr.write(`${why}\n`));
    const registers = loadRegisters();
    if (yes && as !== undefined && !(await isPerson(db, as))) throw new Error(`there is nobody called ${as}`);
    const by = yes && as !== undefined && reason !== undefined ? { person: as, reason, despite } : undefined;
    const eraseNow = async (subjects: readonly string[]): Promise<number> =>
      by === undefined
        ? 0
        : (
            await eraseAll(db, config.erasureLog, subjects, {
              ...by,
              key: randomUUID(),
              at: Date.now(),
              noted: { person: by.person, what: { alone: 'command line' } },
            })
          ).length;
    if (due) {
      let [erased, found] = [0, 0];
      for await (const { subjects, until } of overdue(db, rules, registers, Date.now())) {
        found += subjects.length;
        say(`  ${subjects.join(' ')}  kept until ${until}`);
        erased += await eraseNow(subjects);
      }
      return say(yes ? `${erased} erased.` : `${found} would be erased; --yes does it.`);
    }
    const plan = asked === undefined ? undefined : await planErasure(db, rules, registers, asked, Date.now());
    if (plan === undefined) throw new Error(`there is no ${of}`);
    for (const subject of plan.subjects) say(`  ${subject}`);
    for (const { number, until } of plan.holds) say(`  ! ${number} ${until === undefined ? 'is open' : `is kept until ${until}`}`);
    if (standing(plan, despite).length > 0)
      throw new Error('not erased: what is marked ! stands in the way (--despite "<legal ground>" for what is only kept)');
    say(yes ? `${await eraseNow(plan.subjects)} erased.` : `${plan.subjects.length} would be erased; --yes does it.`);
  } finally {
    await db.destroy();
  }
}
