/** What the code of the running processes never does, read from its text: it starts no program, knows no weak hash or cipher, makes no secret by chance, trusts no TLS blindly. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hashSecret, newSecret } from '../../api/sign-in/secret.ts';

const root = new URL('../..', import.meta.url).pathname;
/** All that API, worker and codec server load; `scripts`, `lab` and tests start programs, by a list of arguments. */
const FOLDERS = [
  'activities', 'api', 'db', 'desk', 'domain', 'exchange', 'files', 'import', 'notices', 'packs', 'print', 'reconcile', 'runtime', 'sheets', 'vault',
  'whatif', 'worker', 'workflows',
]; // prettier-ignore

const never: Readonly<Record<string, { readonly pattern: RegExp; readonly seen: string }>> = {
  'starts a program': { pattern: /['"](?:node:)?child_process['"]|['"]node:vm['"]/, seen: "import { exec } from 'node:child_process';" },
  'a hash other than SHA-256': { pattern: /create(?:Hash|Hmac)\(\s*(?!'sha256')/, seen: "createHash('md5').update(text)" },
  'a cipher by name in place': { pattern: /create(?:C|Dec)ipheriv\(\s*(?!CIPHER,)/, seen: "createCipheriv('aes-256-cbc', key, iv)" },
  'a cipher other than AES-256-GCM': { pattern: /const CIPHER = (?!'aes-256-gcm')/, seen: "const CIPHER = 'aes-256-ecb';" },
  'a key pair other than Ed25519': { pattern: /generateKeyPair(?:Sync)?\(\s*(?!'ed25519')/, seen: "generateKeyPairSync('rsa', {})" },
  'a key that is asked for and dropped': { pattern: /^\s*keyOf\(request\);[ \t]*$/m, seen: '      keyOf(request);\n' },
  chance: { pattern: /Math\.random/, seen: 'Math.random().toString(36)' },
  'TLS without checking': { pattern: /rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED/, seen: '{ rejectUnauthorized: false }' },
  'a format from elsewhere': { pattern: /util\.format|\bformatWithOptions\b/, seen: 'util.format(words, value)' },
};

function found(text: string): string[] {
  return Object.entries(never)
    .filter(([, { pattern }]) => pattern.test(text))
    .map(([what]) => what);
}

test('none of it stands in the code of the running processes', () => {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name}`),
  );
  expect(files.length).toBeGreaterThan(500);
  expect(files.flatMap((file) => found(readFileSync(join(root, file), 'utf8')).map((what) => `${file}: ${what}`))).toEqual([]);
});

test.each(Object.entries(never))('%s is seen', (what, { seen }) => expect(found(seen)).toContain(what));

test('a secret is 256 random bits, and nothing of it stands in its hash', () => {
  const secrets = Array.from({ length: 1_000 }, newSecret);
  expect(new Set(secrets).size).toBe(1_000);
  for (const secret of secrets) expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  expect(hashSecret(secrets[0]!)).toMatch(/^[0-9a-f]{64}$/);
});
