/**
 * Has the SDK fetch the Temporal CLI into `<folder>/bin/temporal`: the folder is the first argument. The SDK starts the
 * server it has fetched; it is stopped at once. Exits non-zero when the download is not possible.
 */
import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';

const folder = process.argv[2];
const bin = join(folder, 'bin');
mkdirSync(bin, { recursive: true });
const executable = { type: 'cached-download', version: 'v1.9.1', downloadDir: bin };
const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } });
await environment.teardown();
const [name] = readdirSync(bin).filter((file) => file.startsWith('temporal'));
if (name === undefined) throw new Error('nothing was downloaded');
renameSync(join(bin, name), join(bin, name.endsWith('.exe') ? 'temporal.exe' : 'temporal'));
