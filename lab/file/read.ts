/** Reads a scenario file: schema first, then every name against the pack. What is wrong is named with its line. */
import { dirname, join } from 'node:path';
import type { Pack } from '../../domain/pack.ts';
import { parseBeijing } from '../../domain/time.ts';
import { loadCalendar, loadPack, loadPackFile } from '../../packs/load.ts';
import { PackError, type Problem } from '../../packs/problem.ts';
import { withSettings, type Settings } from '../../packs/settings.ts';
import { readYaml, type YamlFile } from '../../packs/yaml-file.ts';
import type { Story, StoryStep } from '../story.ts';
import { readAct } from './act.ts';
import { readGiven } from './given.ts';
import { checkNames } from './names.ts';
import { scenarioSchema, type RawScenario } from './schema.ts';
import { withValues } from './values.ts';
import { draftsOf, expectsAnything, type Draft, type Item } from './variants.ts';

/** The stories of a file: its base and its variants. @throws PackError that names every problem. */
export function readScenario(path: string): Story[] {
  const file = readYaml(path, scenarioSchema);
  const { drafts, problems } = draftsOf(file.value);
  const stories = drafts.map((draft) => readStory(path, file, draft, problems));
  if (problems.length > 0) throw file.fail(unique(problems));
  return stories;
}

function readStory(path: string, file: YamlFile<RawScenario>, draft: Draft, problems: Problem[]): Story {
  const pack = packOf(path, file, draft);
  if (!draft.items.some(expectsAnything))
    problems.push({ path: draft.path, wrong: 'expects nothing', right: 'an expect or a refused somewhere' });
  const items = draft.items.map((item) => filled(item, draft, problems));
  const given = readGiven(draft.given, items, pack, problems);
  const steps = items.flatMap((item) => readStep(item, draft, pack, given.people, problems));
  return {
    file: path,
    title: file.value.title,
    pack,
    given,
    calendar: loadCalendar(pack.calendarId),
    ...(draft.variant === undefined ? {} : { variant: draft.variant }),
    steps: inTime(steps, items, problems),
  };
}

function packOf(path: string, file: YamlFile<RawScenario>, { settings, path: at }: Draft): Pack {
  const { pack } = file.value;
  const asFile = /\.ya?ml$/.test(pack);
  try {
    const loaded = asFile ? loadPackFile(join(dirname(path), pack)) : loadPack(pack);
    return withSettings(loaded, settings as Settings);
  } catch (error) {
    if (!(error instanceof PackError) || asFile) throw error;
    throw file.fail(
      error.problems.map((p) => (p.file === 'packs' ? { ...p, path: ['pack'] } : { ...p, path: [...at, 'settings', p.path] })),
    );
  }
}

function filled(item: Item, { values }: Draft, problems: Problem[]): Item {
  const { opening, step } = item;
  if (opening !== undefined) return { ...item, opening: withValues(opening, values, item.path, problems) };
  return step === undefined ? item : { ...item, step: withValues(step, values, item.path, problems) };
}

function readStep(item: Item, draft: Draft, pack: Pack, people: Story['given']['people'], problems: Problem[]): StoryStep[] {
  const { path, at, case: name } = item;
  if (name === undefined || !draft.cases.includes(name)) {
    problems.push({
      path: name === undefined ? path : [...path, 'case'],
      wrong: name === undefined ? 'does not say which case' : `there is no case ${name}`,
      right: `case: one of ${draft.cases.join(', ')}`,
    });
    return [];
  }
  const { expect, note } = item.opening ?? item.step ?? {};
  if (expect !== undefined) checkNames(expect, [...path, 'expect'], pack, problems);
  const act = readAct(item, pack, people, problems);
  return [
    {
      at: parseBeijing(at),
      case: name,
      ...(act === undefined ? {} : { act }),
      ...(expect === undefined ? {} : { expect }),
      ...(note === undefined ? {} : { note }),
    },
  ];
}

/** Steps are played in the order of their times; those of one instant as they stand in the file. */
function inTime(steps: StoryStep[], items: readonly Item[], problems: Problem[]): StoryStep[] {
  const sorted = steps.toSorted((a, b) => a.at - b.at);
  for (const [i, step] of sorted.entries()) {
    if (sorted.findIndex((s) => s.case === step.case && s.act?.submit === 'open') > i) {
      problems.push({ path: items[steps.indexOf(step)]?.path ?? [], wrong: 'is before the opening of its case', right: 'a later time' });
    }
  }
  return sorted;
}

/** Variants share the steps of the base, and with them its mistakes. */
function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((p) => [JSON.stringify(p), p])).values()];
}
