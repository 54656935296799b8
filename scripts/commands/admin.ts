import type { Command } from 'commander';

/** `redress admin`: the first administrator's one-time link. Whoever can run it has the database already. */
export function register(program: Command): void {
  program
    .command('admin')
    .description('make a person an administrator and print a link, good once and for a day, by which they set their password')
    .argument('<person>', 'their id: letters, digits, - _ . @')
    .option('--name <name>', 'their printed name, when they are new')
    .action(async (person: string, { name }: { name?: string }) => {
      const [{ config }, { reach }, { connect }, { addPerson, isPerson }, { makeLink }, { hashSecret, newSecret }] = await Promise.all([
        import('../../temporal.config.ts'),
        import('../stack/reach.ts'),
        import('../../db/database.ts'),
        import('../../db/people.ts'),
        import('../../db/one-time-links.ts'),
        import('../../api/sign-in/secret.ts'),
      ]);
      if (!/^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}$/.test(person))
        throw new Error(`"${person}" is no id of a person: letters, digits, - _ . @, at most 64`);
      const db = connect({ url: (await reach(config)).databaseUrl });
      try {
        if (!(await isPerson(db, person))) {
          if (name === undefined) throw new Error(`there is nobody called ${person} yet: say --name "<printed name>"`);
          await addPerson(db, person, name);
        }
        await db
          .insertInto('person_role')
          .values({ person, pack_id: 'redress', role: 'administrator' })
          .onConflict((c) => c.doNothing())
          .execute();
        const secret = newSecret();
        await makeLink(db, { hash: hashSecret(secret), person, madeBy: null, at: Date.now() });
        process.stdout.write(`${config.publicUrl}/welcome#${secret}\n`);
      } finally {
        await db.destroy();
      }
    });
}
