/** A copy of the work tree by hard links, in which one file at a time is replaced. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Not part of what is tested, or too large to link file by file. */
const LEFT_OUT = new Set(['.git', '.redress', 'node_modules', 'dist', 'coverage']);

export interface Copy {
  readonly root: string;
  /** Runs `act` while `path` holds `text`; then the file is as before. */
  with<T>(path: string, text: string, act: () => T): T;
  close(): void;
}

/** Hard links do not cross file systems, so the copy lies under `.redress/` of the tree itself. */
export function copyTree(from: string): Copy {
  const folder = join(from, '.redress');
  mkdirSync(folder, { recursive: true });
  const root = mkdtempSync(join(folder, 'removed-'));
  const names = readdirSync(from).filter((name) => !LEFT_OUT.has(name));
  execFileSync('cp', ['-al', ...names.map((name) => join(from, name)), root]);
  symlinkSync(join(from, 'node_modules'), join(root, 'node_modules'));
  mkdirSync(join(root, '.redress'));
  symlinkSync(join(folder, 'engine'), join(root, '.redress/engine'));
  const replace = (path: string, text: string): void => {
    rmSync(join(root, path)); // breaks the link: the work tree keeps its file
    writeFileSync(join(root, path), text);
  };
  return {
    root,
    with(path, text, act) {
      const before = readFileSync(join(root, path), 'utf8');
      replace(path, text);
      try {
        return act();
      } finally {
        replace(path, before);
      }
    },
    close: () => rmSync(root, { recursive: true }),
  };
}
