/** A secret that somebody commits by mistake is seen, with its place, and is not said again. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { plantedSecrets } from '../../scripts/check/secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'redress-secrets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['a private key', `-----BEGIN ${'PRIVATE KEY'}-----\n${'MC4C'.repeat(12)}\n`],
  ['a key of AWS', `AKIA${'A1B2'.repeat(4)}`],
  ['a token of GitHub', `ghp_${'aB3d'.repeat(9)}`],
  ['the key of a WeCom robot', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6' + '-7aaa-4bc4-97a0-0ec2sifa5aaa'],
])('%s', async (what, secret) => {
  mkdirSync(join(folder, 'docs'), { recursive: true });
  writeFileSync(join(folder, 'docs/notes.md'), `first\nkey: ${secret}\n`);
  const found = await plantedSecrets(folder);
  expect(found).toEqual([`docs/notes.md:2: ${what}`]);
  writeFileSync(join(folder, 'docs/notes.md'), 'first\nkey: in the vault\n');
  expect(await plantedSecrets(folder)).toEqual([]);
});
