import type { Command } from 'commander';
import type { Db } from '../../db/database.ts';

/** `redress admin`: the first administrator's one-time link, and roles of people. Whoever can run it has the database already. */
export function register(program: Command): void {
  const admin = program
    .command('admin')
    .description('make a person an administrator and print a link, good once and for a day, by which they set their password')
    .argument('<person>', 'their id: letters, digits, - _ . @')
    .option('--name <name>', 'their printed name, when they are new')
    .action(async (person: string, { name }: { name?: string }) => {
      const [{ config }, { reach }, { connect }] = await Promise.all([
        import('../../temporal.config.ts'),
        import('../stack/reach.ts'),
        import('../../db/database.ts'),
      ]);
      if (!/^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}$/.test(person))
        throw new Error(`"${person}" is no id of a person: letters, digits, - _ . @, at most 64`);
      const db = connect({ url: (await reach(config)).databaseUrl });
      try {
        process.stdout.write(`${config.publicUrl}/welcome#${await makeAdministrator(db, person, name)}\n`);
      } finally {
        await db.destroy();
      }
    });
  admin
    .command('role')
    .description('give a person a role, for all places or for one, and show which they hold')
    .argument('<person>', 'their id')
    .argument('[role]', 'pack and role, and with @ the place: s3-cs19:property or s3-cs19:property@estates/XQ-1; without it they are shown')
    .action(async (person: string, role: string | undefined) => {
      const [{ config }, { reach }, { connect }] = await Promise.all([
        import('../../temporal.config.ts'),
        import('../stack/reach.ts'),
        import('../../db/database.ts'),
      ]);
      const db = connect({ url: (await reach(config)).databaseUrl });
      try {
        if (role !== undefined) await giveRole(db, person, role);
        for (const line of await rolesShown(db, person)) process.stdout.write(`${line}\n`);
      } finally {
        await db.destroy();
      }
    });
}

/** What one person does who has the database before them; the journal says of all of it that it was done so. */
const BY_COMMAND = { kind: 'people', person: 'command-line' } as const;
const ALONE = { alone: 'command line' } as const;

/** Gives the role and notes it in the journal of people. @param name printed, when they are new @returns the secret of their one-time link */
export async function makeAdministrator(db: Db, person: string, name: string | undefined): Promise<string> {
  const [{ addPerson, addRole, isPerson }, { makeLink }, { note }, { hashSecret, newSecret }] = await Promise.all([
    import('../../db/people.ts'),
    import('../../db/one-time-links.ts'),
    import('../../db/journal.ts'),
    import('../../api/sign-in/secret.ts'),
  ]);
  if (!(await isPerson(db, person))) {
    if (name === undefined) throw new Error(`there is nobody called ${person} yet: say --name "<printed name>"`);
    await addPerson(db, person, name);
  }
  const at = Date.now();
  await addRole(db, person, 'redress', { role: 'administrator' });
  await note(db, { ...BY_COMMAND, at, what: { of: person, change: 'role given', pack: 'redress', roles: 'administrator', ...ALONE } });
  const secret = newSecret();
  await makeLink(db, { hash: hashSecret(secret), person, madeBy: null, at });
  await note(db, { ...BY_COMMAND, at, what: { of: person, change: 'one-time link', ...ALONE } });
  return secret;
}

/** Gives it and notes it in the journal of people. @throws Error that says what is wrong and what to do */
export async function giveRole(db: Db, person: string, said: string): Promise<void> {
  const [{ addRole, isPerson }, { findEntry }, { latestHash, packByHash }, { placeParts }, { heldText }, { note }] = await Promise.all([
    import('../../db/people.ts'),
    import('../../db/read/entries.ts'),
    import('../../db/read/packs.ts'),
    import('../../domain/place.ts'),
    import('../../domain/authority/deciding.ts'),
    import('../../db/journal.ts'),
  ]);
  const [, pack = '', role = '', place] = /^([a-z0-9][a-z0-9-]*):([A-Za-z][A-Za-z0-9]*)(?:@(.+))?$/.exec(said) ?? [];
  if (role === '') throw new Error(`"${said}" is no role: write s3-cs19:property, or s3-cs19:property@estates/XQ-1`);
  if (!(await isPerson(db, person))) throw new Error(`there is nobody called ${person}: add them first`);
  const hash = await latestHash(db, pack);
  const known = hash === undefined ? undefined : (await packByHash(db, hash))?.roles.map(({ id }) => id);
  if (known?.includes(role) !== true)
    throw new Error(`the pack ${pack} has no role ${role}${known === undefined ? '' : `: it has ${known.join(', ')}`}`);
  if (
    place !== undefined &&
    (!/^(estates|buildings|units|outlets)\/./.test(place) || (await findEntry(db, ...placeParts(place))) === undefined)
  ) {
    throw new Error(`no register has the place ${place}: enter it first, as estates/XQ-1, buildings/…, units/… or outlets/…`);
  }
  await addRole(db, person, pack, { role, place });
  const what = { of: person, change: 'role given', pack, roles: heldText({ role, place }), ...ALONE };
  await note(db, { ...BY_COMMAND, at: Date.now(), what });
}

/** `pack:role` or `pack:role@place`, one a line. */
export async function rolesShown(db: Db, person: string): Promise<string[]> {
  const rows = await db
    .selectFrom('person_role')
    .selectAll()
    .where('person', '=', person)
    .orderBy('pack_id')
    .orderBy('role')
    .orderBy('place')
    .execute();
  return rows.map(({ pack_id, role, place }) => `${pack_id}:${role}${place === '' ? '' : `@${place}`}`);
}
