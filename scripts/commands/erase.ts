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
    { eraseAgain, eraseAll, overdue, planErasure },
    { readVault },
    { loadRegisters },
    { isPerson },
    { note },
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
    import('../../db/journal.ts'),
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
    if (due) {
      let [erased, found] = [0, 0];
      for await (const { of: one, until } of overdue(db, rules, registers.values(), Date.now())) {
        const belongings = await planErasure(db, rules, registers, one, Date.now());
        if (belongings === undefined || belongings.holds.length > 0) continue;
        found += belongings.subjects.length;
        say(`  ${belongings.subjects.join(' ')}  kept until ${until}`);
        if (!yes || as === undefined || reason === undefined) continue;
        erased += (await eraseAll(db, config.erasureLog, belongings.subjects, { person: as, reason, key: randomUUID(), at: Date.now() }))
          .length;
      }
      return say(yes ? `${erased} erased.` : `${found} would be erased; --yes does it.`);
    }
    const plan = asked === undefined ? undefined : await planErasure(db, rules, registers, asked, Date.now());
    if (plan === undefined) throw new Error(`there is no ${of}`);
    for (const subject of plan.subjects) say(`  ${subject}`);
    for (const { number, until } of plan.holds) say(`  ! ${number} ${until === undefined ? 'is open' : `is kept until ${until}`}`);
    const held = plan.holds.some(({ why }) => why === 'open' || despite === undefined);
    if (held) throw new Error('not erased: what is marked ! stands in the way (--despite "<legal ground>" for what is only kept)');
    if (!yes || reason === undefined || as === undefined) return say(`${plan.subjects.length} would be erased; --yes does it.`);
    const said = despite === undefined ? reason : `${reason} (${despite})`;
    const erased = await eraseAll(db, config.erasureLog, plan.subjects, { person: as, reason: said, key: randomUUID(), at: Date.now() });
    await note(db, { kind: 'people', at: Date.now(), person: as, what: { change: 'erased', subjects: erased.length } });
    say(`${erased.length} erased.`);
  } finally {
    await db.destroy();
  }
}
