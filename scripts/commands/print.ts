import type { Command } from 'commander';
import { readVault } from '../../runtime/vault.ts';

interface Options {
  readonly issued?: string;
}

/** `redress print`: a paper of a case as a file; without a paper's name, what there is. */
export function register(program: Command): void {
  program
    .command('print')
    .description('write a paper of a case as PDF; without a name of a paper, list what can be printed')
    .argument('<case>', 'number of the case')
    .argument('[print]', 'the paper, such as work-order or dossier')
    .argument('[out]', 'the file to write, such as order.pdf')
    .option('--issued <n>', 'the n-th that was issued, as it was issued, instead of the record as it stands')
    .action(run);
}

async function run(
  number: string,
  print: string | undefined,
  out: string | undefined,
  { issued }: Options,
  command: Command,
): Promise<void> {
  const [
    { config },
    { reach },
    { connect },
    { casePrints, printCase },
    { issuedOf, issuedPrint },
    { writeFile },
    { labelOfPaper },
    { labelIn },
    { loadSecrecy },
  ] = await Promise.all([
    import('../../temporal.config.ts'),
    import('../stack/reach.ts'),
    import('../../db/database.ts'),
    import('../../print/print-case.ts'),
    import('../../db/read/prints.ts'),
    import('node:fs/promises'),
    import('../../db/labels.ts'),
    import('../../domain/secrecy.ts'),
    import('../../packs/secrecy/load.ts'),
  ]);
  const db = connect({ url: (await reach(config)).databaseUrl, vault: readVault(config.vault) });
  try {
    if (print === undefined) {
      const prints = await casePrints(db, number);
      if (prints === undefined) command.error(`error: there is no case ${number}`);
      for (const { id, title, en } of prints) process.stdout.write(`${id}  ${title} ${en}\n`);
      for (const { print: of, ordinal, seq, hash } of await issuedOf(db, number))
        process.stdout.write(`${of} --issued ${ordinal}  on the record up to ${seq}, SHA-256 ${hash}\n`);
      return;
    }
    if (out === undefined) command.error('error: name the file to write: redress print <case> <print> <out.pdf>');
    const secrecy = loadSecrecy();
    const label = await labelOfPaper(db, number, secrecy);
    const found =
      issued === undefined
        ? await printCase(db, number, print, { company: config.company, label: label && labelIn(secrecy, label).zh })
        : await issuedPrint(db, number, print, Number(issued));
    if (found === undefined) command.error(`error: case ${number} has no such paper now; \`redress print ${number}\` lists what there is`);
    await writeFile(out, found.bytes);
    const boxes = found.missing.length === 0 ? '' : `; boxes stand for ${found.missing.join(' ')}`;
    process.stdout.write(`${out}: SHA-256 ${found.hash}${boxes}\n`);
  } finally {
    await db.destroy();
  }
}
