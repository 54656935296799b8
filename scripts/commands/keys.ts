import { resolve } from 'node:path';
import type { Command } from 'commander';

/** `redress keys`: files of keys, made and rotated without a key ever being shown. */
export function register(program: Command): void {
  const keys = program
    .command('keys')
    .description('make and rotate files of keys (payload codec, desk, personal data); no key is ever shown, only its id');
  const file = () => import('../../runtime/keys/file.ts');
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  keys
    .command('new <file>')
    .description('make a file with one fresh key, readable by its owner alone')
    .action(async (at: string) => say((await file()).makeKeyFile(resolve(at)).current.id));
  keys
    .command('add <file>')
    .description('put a fresh key below the others: it only reads, until `use`')
    .action(async (at: string) => say((await file()).addKey(resolve(at))));
  keys
    .command('use <file> <id>')
    .description('let this key write, once every process can read it')
    .action(async (at: string, id: string) => (await file()).useKey(resolve(at), id));
  keys
    .command('list <file>')
    .description('the ids in a file, the one that writes first')
    .action(async (at: string) =>
      (await file()).readKeyFile(resolve(at)).all.forEach(({ id }, index) => say(`${id}${index === 0 ? '  writes' : ''}`)),
    );
  keys
    .command('rewrap')
    .description('wrap the keys of all subjects of personal data by the master key that writes; the former ones may go then')
    .action(async () => {
      const [{ config }, { reach }, { connect }, { rewrapAll }, { readVault }] = await Promise.all([
        import('../../temporal.config.ts'),
        import('../stack/reach.ts'),
        import('../../db/database.ts'),
        import('../../db/rewrap.ts'),
        import('../../runtime/vault.ts'),
      ]);
      const db = connect({ url: (await reach(config)).databaseUrl, poolSize: 2, vault: readVault(config.vault) });
      try {
        say(`${await rewrapAll(db)} keys wrapped anew`);
      } finally {
        await db.destroy();
      }
    });
}
