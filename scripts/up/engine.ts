import { join } from 'node:path';
import { searchAttributeTypes } from '../../workflows/kit/names.ts';
import { cleanEnv } from '../stack/clean-env.ts';
import { resolveTemporal } from '../stack/engine.ts';
import { keepAlive } from '../stack/keep-alive.ts';
import { isReady, startTemporal } from '../stack/temporal.ts';
import { codecServerUrl } from './codec-server.ts';
import type { UpContext } from './context.ts';

/** Whether the environment names a Temporal service that somebody else runs. */
export function namesTemporal(env: NodeJS.ProcessEnv): boolean {
  return Boolean(env['TEMPORAL_ADDRESS'] || env['TEMPORAL_PROFILE']);
}

/**
 * Temporal: the service the environment names, or a development server of our own with its UI.
 * @returns what our processes need in their environment to reach it
 */
export async function startEngine(up: UpContext): Promise<NodeJS.ProcessEnv> {
  const { dataDir, temporal, temporalUiUrl } = up.config;
  if (namesTemporal(process.env)) {
    await checkForeign(up);
    await up.note('temporal', temporal.address);
    return { ...process.env, REDRESS_TEMPORAL_UI_URL: temporalUiUrl };
  }
  const engine = await resolveTemporal();
  up.say(`Temporal: ${engine.how}`);
  const codecEndpoint = codecServerUrl(up.config);
  const kept = await keepAlive({
    name: 'Temporal',
    start: () =>
      startTemporal({
        binary: engine.path,
        dir: join(dataDir, 'temporal'),
        port: up.ports.temporal,
        uiPort: up.ports.temporalUi,
        codecEndpoint,
      }),
    onRunning: (running) => up.note('temporal', running.address, running),
    say: up.say,
  });
  up.onStop('Temporal', kept.stop);
  const { address, uiUrl } = kept.first;
  return { ...cleanEnv(), TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: 'default', REDRESS_TEMPORAL_UI_URL: uiUrl };
}

async function checkForeign({ config: { temporal }, say }: UpContext): Promise<void> {
  say(`Temporal: the service at ${temporal.address}, namespace ${temporal.namespace}`);
  if (await isReady(temporal.connectionOptions, Object.keys(searchAttributeTypes), temporal.namespace)) return;
  const flags = Object.entries(searchAttributeTypes).map(([name, type]) => `--name ${name} --type ${type}`);
  throw new Error(
    `The Temporal service at ${temporal.address} does not answer, or its namespace ${temporal.namespace} lacks our search attributes: start it, or run \`temporal operator search-attribute create ${flags.join(' ')}\`.`,
  );
}
