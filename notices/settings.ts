/** `channels.yaml` of the data folder: by which channels notices leave, and to whom. It holds secrets: it is no part of a pack. */
import { z } from 'zod';
import { readYaml } from '../packs/yaml-file.ts';
import type { Channel } from './channel.ts';
import { dingtalk } from './channels/dingtalk.ts';
import { feishu } from './channels/feishu.ts';
import { mail } from './channels/mail.ts';
import { webhook } from './channels/webhook.ts';
import { wecom } from './channels/wecom.ts';

const web = z.url({ protocol: /^https?$/, error: 'an address that begins with https://' });
const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a name such as leaders-group');
const whom = {
  packs: z.array(z.string()).min(1).optional(),
  /** Only notices to these roles; without it to all. */
  roles: z.array(z.string()).min(1).optional(),
  lang: z.enum(['zh', 'en']).default('zh'),
  allowPrivate: z.boolean().default(false),
};
const channel = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('mail'),
    smtp: z.url({ protocol: /^smtps?$/, error: 'smtp://user:password@host:port' }),
    from: z.string().min(3),
    ...whom,
  }),
  z.strictObject({ kind: z.literal('wecom'), url: web, ...whom }),
  z.strictObject({ kind: z.literal('dingtalk'), url: web, secret: z.string().min(1), ...whom }),
  z.strictObject({ kind: z.literal('feishu'), url: web, secret: z.string().min(1), ...whom }),
  z.strictObject({ kind: z.literal('webhook'), url: web, secret: z.string().min(16, 'at least 16 characters'), ...whom }),
]);
const file = z.strictObject({ channels: z.record(id, channel) });

export type ChannelSettings = z.output<typeof channel>;

export interface Configured {
  readonly id: string;
  readonly settings: ChannelSettings;
  readonly channel: Channel;
}

/** @throws PackError naming line and remedy */
export function readChannels(path: string): Configured[] {
  return Object.entries(readYaml(path, file).value.channels).map(([name, settings]) => ({
    id: name,
    settings,
    channel: channelOf(settings),
  }));
}

export function channelOf(settings: ChannelSettings): Channel {
  switch (settings.kind) {
    case 'mail':
      return mail(settings);
    case 'wecom':
      return wecom(settings);
    case 'dingtalk':
      return dingtalk(settings);
    case 'feishu':
      return feishu(settings);
    case 'webhook':
      return webhook(settings);
  }
}

/** Whether a notice leaves by a channel. Recipients are roles or `person:<id>`. */
export function takes({ packs, roles }: ChannelSettings, notice: { readonly pack: string; readonly recipient: string }): boolean {
  if (packs !== undefined && !packs.includes(notice.pack)) return false;
  return roles === undefined || roles.includes(notice.recipient);
}
