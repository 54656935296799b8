/** Nothing that opens a door elsewhere stands in the repository: private keys, tokens of vendors, addresses of databases with a password. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const PATTERNS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a private key', /-----BEGIN (?:[A-Z]{2,10} )?PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}/],
  ['a key of AWS', /\bAKIA[0-9A-Z]{16}\b/],
  ['a token of GitHub', /\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{60}/],
  ['a token of npm', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['a token of Slack', /\bxox[abprs]-[A-Za-z0-9-]{20}/],
  ['a key of an AI service', /\bsk-[A-Za-z0-9_-]{40}/],
  ['the key of a WeCom robot', /qyapi\.weixin\.qq\.com\/cgi-bin\/webhook\/send\?key=[0-9a-f]{8}-[0-9a-f]{4}/],
  ['the token of a DingTalk robot', /oapi\.dingtalk\.com\/robot\/send\?access_token=[0-9a-f]{64}/],
];
/** What git does not keep, and what is not ours. */
const SKIPPED = /^(node_modules|dist|coverage|\.redress|\.git)$/;

/** @returns one line a finding: file, line, what; never the secret itself */
export async function plantedSecrets(root: string): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob('{*,.ci/*,*/**/*}.{ts,mjs,js,json,yaml,yml,md,csv,sh,env,pem,key,txt}', {
    cwd: root,
    exclude: (name) => SKIPPED.test(name),
  })) {
    const text = await readFile(join(root, file), 'utf8');
    for (const [what, pattern] of PATTERNS) {
      const at = pattern.exec(text)?.index;
      if (at !== undefined) found.push(`${file}:${text.slice(0, at).split('\n').length}: ${what}`);
    }
  }
  return found;
}
