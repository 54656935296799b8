import type { Config } from '../../temporal.config.ts';

/** Where the codec server answers; undefined where nothing is encrypted. */
export function codecServerUrl({ codec, api }: Pick<Config, 'codec' | 'api'>): string | undefined {
  return codec === undefined ? undefined : `http://${api.host}:${codec.serverPort}`;
}
