import type { Command } from 'commander';

/** `redress openapi`: the document of the API, made from its routes. */
export function register(program: Command): void {
  program
    .command('openapi')
    .description('print the OpenAPI 3.1 document of the API, made from its routes')
    .option('--write', 'write docs/openapi.json, docs/routes.md and the types of client/ instead', false)
    .action(async ({ write }: { write: boolean }) => {
      const [{ apiDocument, writeApiDocument }, { productFolder }] = await Promise.all([
        import('../check/api-document.ts'),
        import('../stack/home.ts'),
      ]);
      if (write) await writeApiDocument(productFolder);
      else process.stdout.write(await apiDocument());
    });
}
