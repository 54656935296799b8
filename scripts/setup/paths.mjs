import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The product's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The one ignored folder for data, run state and the downloaded engine. `REDRESS_DATA` moves it. */
export const dataDir = resolve(root, process.env.REDRESS_DATA || '.redress');
