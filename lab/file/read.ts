/** Reads a scenario file: schema first, then every name against the pack. What is wrong is named with its line. */
import { dirname, join } from 'node:path';
import type { Pack } from '../../domain/pack.ts';
import { parseBeijing, type Instant } from '../../domain/time.ts';
import { loadCalendar, loadPack, loadPackFile } from '../../packs/load.ts';
import { PackError, type Problem } from '../../packs/problem.ts';
import { withSettings, type Settings } from '../../packs/settings.ts';
import { readYaml, type YamlFile } from '../../packs/yaml-file.ts';
import { versionAt, type Story, type StoryEvent, type StoryStep } from '../story.ts';
import { readAct } from './act.ts';
import { readGiven } from './given.ts';
import { checkNames } from './names.ts';
import { scenarioSchema, type RawScenario, type RawStep } from './schema.ts';
import { withValues } from './values.ts';
import { readVersions } from './versions.ts';
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
  const items = draft.items.map((item) => filled(item, draft, problems)).flatMap(oneByOne);
  const given = readGiven(draft.given, items, pack, problems);
  const versions = readVersions(path, items, { from: 0, pack, calendar: loadCalendar(pack.calendarId) }, problems);
  // A case goes by the version in force at its opening, or when it was told to go on by a newer one.
  const openedAt = new Map(items.flatMap(({ opening, case: name, at }) => (opening === undefined ? [] : [[name, parseBeijing(at)]])));
  const steps = items.flatMap((item) => {
    const name = item.case ?? draft.cases[0];
    const since = rebasedAt(items, name, parseBeijing(item.at)) ?? openedAt.get(name) ?? 0;
    return readStep(item, draft, versionAt({ versions }, since).pack, given.people, problems);
  });
  return {
    file: path,
    title: file.value.title,
    pack,
    given,
    versions,
    ...(draft.variant === undefined ? {} : { variant: draft.variant }),
    outages: items.flatMap(({ step, since }) =>
      step?.outage === undefined || since !== undefined ? [] : [{ from: parseBeijing(step.outage.from), to: parseBeijing(step.outage.to) }],
    ),
    steps: inTime(steps, problems),
  };
}

/** When the case has gone on by a newer version, if it has by `at`. */
function rebasedAt(items: readonly Item[], name: string | undefined, at: Instant): Instant | undefined {
  return items
    .filter(({ step, case: whose }) => step?.submit === 'rebase' && step.refused === undefined && (step.case ?? whose) === name)
    .map((item) => parseBeijing(item.at))
    .findLast((rebased) => rebased <= at);
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

/** Acts of one second stand one by one, and after them what is expected of all. */
function oneByOne(item: Item): Item[] {
  const { path, step, case: name } = item;
  if (step?.atOnce === undefined) return [item];
  const together = [...path, 'atOnce'].join('.');
  const acts = step.atOnce.map((act, i): Item => ({
    ...item,
    path: [...path, 'atOnce', i],
    case: act.case ?? name,
    step: act as RawStep,
    together,
  }));
  return step.expect === undefined ? acts : [...acts, { ...item, step: { ...step, atOnce: undefined } }];
}

type Placed = StoryStep & { readonly path: Item['path'] };

function readStep(item: Item, draft: Draft, pack: Pack, people: Story['given']['people'], problems: Problem[]): Placed[] {
  const { path, at, together } = item;
  const event = eventOf(item);
  const name = item.case ?? (event === undefined ? undefined : draft.cases[0]);
  // A case that another one opens goes by its kind.
  const linked =
    name !== undefined && item.opening === undefined && pack.forms[pack.kinds[name]?.form ?? '']?.fields.some((f) => f.name === 'source');
  if (name === undefined || (!draft.cases.includes(name) && linked !== true)) {
    problems.push({
      path: name === undefined ? path : [...path, 'case'],
      wrong: name === undefined ? 'does not say which case' : `there is no case "${name}"`,
      right: `one of: ${draft.cases.join(', ')}`,
    });
    return [];
  }
  const { expect, note } = item.opening ?? item.step ?? {};
  if (expect !== undefined) checkNames(expect, [...path, 'expect'], pack, problems);
  const act = readAct(item, pack, people, problems);
  return [
    {
      path,
      at: parseBeijing(at),
      case: name,
      ...(act === undefined ? {} : { act }),
      ...(together === undefined ? {} : { atOnce: together }),
      ...(event === undefined ? {} : { event }),
      ...(expect === undefined ? {} : { expect }),
      ...(note === undefined ? {} : { note }),
    },
  ];
}

/** What a step tells that befalls all cases. */
function eventOf({ step, since }: Item): StoryEvent | undefined {
  if (step?.outage !== undefined) return { kind: since === undefined ? 'outage-begins' : 'outage-ends' };
  if (step?.activatePack !== undefined) return { kind: 'pack-active' };
  return step?.loadCalendar === undefined ? undefined : { kind: 'calendar-loaded' };
}

/** Steps are played in the order of their times; those of one instant as they stand in the file. */
function inTime(steps: Placed[], problems: Problem[]): StoryStep[] {
  const sorted = steps.toSorted((a, b) => a.at - b.at);
  let away = false;
  for (const [i, step] of sorted.entries()) {
    const wrong = (what: string, right: string): number => problems.push({ path: step.path, wrong: what, right });
    if (sorted.findIndex((s) => s.case === step.case && s.act?.submit === 'open') > i)
      wrong('is before the opening of its case', 'a later time');
    if (step.event?.kind === 'outage-begins' && away) wrong('is within another outage', 'outages one after the other');
    if (step.event?.kind.startsWith('outage')) away = step.event.kind === 'outage-begins';
    if (away && step.act?.submit === 'open') wrong('is opened during an outage', 'an opening before or after it');
    if (away && step.act?.async) wrong('is sent by signal during an outage', 'without async: the desk keeps it');
  }
  return sorted.map(({ path: _, ...step }) => step);
}

/** Variants share the steps of the base, and with them its mistakes. */
function unique(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((p) => [JSON.stringify(p), p])).values()];
}
