import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface DemoLogin {
  readonly person: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly token: string;
  readonly elsewhere?: unknown;
}

export interface Addresses {
  readonly api: string;
  readonly apiUi: string;
  readonly temporalUi: string;
  readonly database: string;
  readonly data: string;
}

/** The demo people and their tokens, when there are any. */
export async function demoLogins(dataDir: string): Promise<DemoLogin[]> {
  const text = await readFile(join(dataDir, 'demo-logins.json'), 'utf8').catch(() => '[]');
  return JSON.parse(text) as DemoLogin[];
}

/** What a person needs to know once everything runs. */
export function announcement(at: Addresses, logins: readonly DemoLogin[]): string {
  const lines = [
    '',
    'redress is running.',
    `  API and its UI   ${at.apiUi}`,
    `  Temporal UI      ${at.temporalUi}`,
    `  Database         ${at.database}`,
    `  Data and logs    ${at.data}`,
  ];
  if (logins.length > 0) {
    lines.push('', 'Demo logins (bearer tokens):');
    const own = logins.filter(({ elsewhere }) => elsewhere === undefined);
    const wide = Math.max(...own.map(({ person }) => person.length));
    for (const { person, name, roles, token } of own) lines.push(`  ${person.padEnd(wide)}  ${token}  ${name} (${roles.join(', ')})`);
  }
  if (logins.some(({ elsewhere }) => elsewhere !== undefined))
    lines.push('', `For the other procedures one login a role, \`<pack>.<role>\`, stands in ${join(at.data, 'demo-logins.json')}.`);
  lines.push('', 'Stop with Ctrl-C, or `npx redress down` from another terminal. Cases and timers are kept.', '');
  return lines.join('\n');
}
