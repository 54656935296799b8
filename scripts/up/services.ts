import { join } from 'node:path';
import { statusOf, until } from '../stack/answers.ts';
import { keepAlive } from '../stack/keep-alive.ts';
import { startNodeService } from '../stack/node-service.ts';
import { codecServerUrl } from './codec-server.ts';
import type { UpContext } from './context.ts';

/** Starts the worker and the API on Node 24 and waits until the API answers. */
export async function startServices(up: UpContext, env: NodeJS.ProcessEnv): Promise<void> {
  const { dataDir, codec } = up.config;
  const logs = join(dataDir, 'logs');
  const service = async (part: 'worker' | 'api' | 'codec', name: string, file: string, address: string, graceMs: number) => {
    const kept = await keepAlive({
      name,
      start: () => startNodeService({ file, env, logs, graceMs }),
      onRunning: (running) => up.note(part, address, running),
      say: up.say,
    });
    up.onStop(name.replace('The', 'the'), kept.stop);
  };
  await service('worker', 'The worker', 'worker/main.ts', `log ${join(logs, 'worker.log')}`, 45_000);
  const url = env['REDRESS_PUBLIC_URL'] ?? '';
  await service('api', 'The API', 'api/server.ts', url, 30_000);
  if (codec !== undefined) await service('codec', 'The codec server', 'api/codec/server.ts', codecServerUrl(up.config) ?? '', 30_000);
  const answered = await until(async () => (await statusOf(`${url}/health/ready`)) === 200, 60_000, up.stopping);
  if (!answered && !up.stopping.aborted) up.say(`The API does not answer yet: see ${join(logs, 'api.log')}`);
}
