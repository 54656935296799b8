import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The product's folder. */
export const productFolder = fileURLToPath(new URL('../..', import.meta.url));

/** The one ignored folder for data, run state and the downloaded engine: `.redress`, or `REDRESS_DATA`. */
export function dataDirectory(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(productFolder, env['REDRESS_DATA'] || '.redress');
}
