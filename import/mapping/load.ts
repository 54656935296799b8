/** Reads a mapping: from a file, or by name one of those that are shipped. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Pack } from '../../domain/pack.ts';
import { loadPack } from '../../packs/load.ts';
import { PackError } from '../../packs/problem.ts';
import { readYaml, type YamlFile } from '../../packs/yaml-file.ts';
import { checkAgainstColumns, checkAgainstPack } from './check.ts';
import { mappingSchema, type Mapping } from './schema.ts';

export interface LoadedMapping {
  readonly mapping: Mapping;
  readonly pack: Pack;
  /** @throws PackError naming each column of the mapping that the register lacks */
  requireColumns(columns: readonly string[]): void;
}

const shippedFolder = join(import.meta.dirname, '..', 'mappings');

/** @throws PackError with file, line, path and remedy */
export function loadMapping(nameOrFile: string): LoadedMapping {
  const file: YamlFile<Mapping> = readYaml(pathOf(nameOrFile), mappingSchema);
  const mapping = file.value;
  const pack = readPack(file);
  const problems = checkAgainstPack(mapping, pack);
  if (problems.length > 0) throw file.fail(problems);
  return {
    mapping,
    pack,
    requireColumns: (columns) => {
      const missing = checkAgainstColumns(mapping, columns);
      if (missing.length > 0) throw file.fail(missing);
    },
  };
}

function pathOf(nameOrFile: string): string {
  if (existsSync(nameOrFile)) return nameOrFile;
  const shipped = readdirSync(shippedFolder).filter((file) => file.endsWith('.yaml'));
  if (shipped.includes(`${nameOrFile}.yaml`)) return join(shippedFolder, `${nameOrFile}.yaml`);
  const names = shipped.map((file) => file.replace('.yaml', '')).join(', ');
  throw new PackError([
    { file: nameOrFile, path: '', wrong: 'there is no such mapping', right: `a file, or one of the shipped: ${names}` },
  ]);
}

function readPack({ value, fail }: YamlFile<Mapping>): Pack {
  try {
    return loadPack(value.pack);
  } catch (error) {
    throw fail([{ path: ['pack'], wrong: (error as Error).message, right: 'the id of a pack (`redress pack list` shows them)' }]);
  }
}
