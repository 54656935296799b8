/** The `redress` command: every file in `commands/` adds one command. */
import { readdir } from 'node:fs/promises';
import { Command, CommanderError } from 'commander';

/** A file in `commands/`: adds its command, with its options and what it does, to the program. */
interface CommandFile {
  register(program: Command): void;
}

const folder = new URL('./commands/', import.meta.url);
const names = (await readdir(folder)).filter((name) => name.endsWith('.ts')).map((name) => name.slice(0, -'.ts'.length));

/** Only the file of the command asked for is loaded; help needs them all. */
async function load(asked: string | undefined): Promise<CommandFile[]> {
  const wanted = asked !== undefined && names.includes(asked) ? [asked] : names.toSorted();
  return Promise.all(wanted.map(async (name) => (await import(new URL(`${name}.ts`, folder).href)) as CommandFile));
}

const program = new Command('redress')
  .description('Complaint and repair procedures as durable, provable programs')
  .showHelpAfterError('(--help shows what there is)')
  .exitOverride();

try {
  for (const file of await load(process.argv[2])) file.register(program);
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env['REDRESS_LOG_LEVEL'] === 'debug') process.stderr.write(`${(error as Error).stack}\n`);
    process.exitCode = 1;
  }
}
