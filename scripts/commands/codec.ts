import type { Command } from 'commander';

/** `redress codec check`: which keys histories still name, and whether plain payloads are left; so when `on` may be set, when a key may go. */
export function register(program: Command): void {
  program
    .command('codec')
    .description('the payload codec: what Temporal keeps, encrypted')
    .command('check')
    .description(
      'count, over every history that Temporal still keeps, plain payloads and those of each key; exit code 1 while there are plain ones',
    )
    .action(check);
}

async function check(): Promise<void> {
  const [{ config }, { reach }, { connectClient }, { surveyHistories }] = await Promise.all([
    import('../../temporal.config.ts'),
    import('../stack/reach.ts'),
    import('../../runtime/client.ts'),
    import('../../runtime/codec/survey.ts'),
  ]);
  const { temporal } = await reach(config);
  const client = await connectClient({ temporal, codec: undefined });
  try {
    const { histories, plain, byKey } = await surveyHistories(client);
    const say = (line: string): void => void process.stdout.write(`${line}\n`);
    for (const [id, count] of byKey) say(`key ${id}: ${count} histories`);
    say(
      `${histories} histories, ${plain.length} of them with plain payloads${plain.length === 0 ? '' : `, such as ${plain.slice(0, 5).join(', ')}`}`,
    );
    process.exitCode = plain.length === 0 ? 0 : 1;
  } finally {
    await client.connection.close();
  }
}
