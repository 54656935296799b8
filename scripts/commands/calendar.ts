import { InvalidArgumentError, type Command } from 'commander';

interface LoadOptions {
  readonly calendar: string;
  readonly year: number;
  readonly preview: boolean;
  readonly yes: boolean;
  readonly as: string;
  readonly json: boolean;
}

/** `redress calendar list | show | load`: the working days, year by year. */
export function register(program: Command): void {
  const calendar = program.command('calendar').description('the working days: what is loaded, and a year more');
  calendar
    .command('list')
    .description('calendars with the end of what is loaded')
    .option('--json', 'as one line of JSON', false)
    .action(list);
  calendar
    .command('show')
    .argument('[calendar]', 'id of a calendar', 'cn')
    .description('days off and make-up workdays of a calendar, its versions')
    .option('--json', 'as one line of JSON', false)
    .action(show);
  calendar
    .command('load')
    .argument('<file>', 'the notice of a year: YAML or ICS')
    .description('load a year: new cases go by it, provisional deadlines of open ones are reckoned anew')
    .requiredOption('--year <year>', 'which year of the file', whole)
    .option('--calendar <id>', 'id of the calendar', 'cn')
    .option('--preview', 'say which days and which deadlines change, and change nothing', false)
    .option('--yes', 'do not ask', false)
    .option('--as <person>', 'who loads it, as the record of versions names them', 'operator')
    .option('--json', 'as one line of JSON', false)
    .action(load);
}

async function list({ json }: { json: boolean }): Promise<void> {
  const [{ atStore }, { stockShipped }, { newestCalendars }, { coverageEnd, warnMissingYear }] = await Promise.all([
    import('../calendar/at-store.ts'),
    import('../../runtime/packs.ts'),
    import('../../db/read/calendars.ts'),
    import('../../domain/calendar-year.ts'),
  ]);
  await atStore(async ({ db }) => {
    await stockShipped(db, (why) => process.stderr.write(`${why}\n`)); // before the first start there is none
    const found = (await newestCalendars(db)).map((calendar) => ({
      id: calendar.id,
      version: calendar.version,
      loadedTo: coverageEnd(calendar)?.loadedTo ?? null,
      warning: warnMissingYear(calendar, Date.now()) ?? null,
    }));
    if (json) return say(JSON.stringify(found));
    for (const { id, version, loadedTo, warning } of found) {
      say(`${id.padEnd(8)} ${version.padEnd(10)} to ${loadedTo ?? 'nothing'}`);
      if (warning !== null) say(`  ! ${warning.zh}\n  ! ${warning.en}`);
    }
  });
}

async function show(id: string, { json }: { json: boolean }): Promise<void> {
  const [{ atStore }, { calendarVersions }] = await Promise.all([import('../calendar/at-store.ts'), import('../../db/read/calendars.ts')]);
  await atStore(async ({ db, rules }) => {
    const calendar = await rules.calendar(id);
    const versions = await calendarVersions(db, id);
    if (json) return say(JSON.stringify({ ...calendar, versions }));
    say(`${calendar.id} ${calendar.version}`);
    for (const [year, { source, off, work }] of Object.entries(calendar.years)) {
      say(`${year}  ${source}\n      off  ${off.join(' ')}\n      work ${work.join(' ')}`);
    }
    for (const { version, loaded_by, loaded_at } of versions)
      say(`version ${version}, ${loaded_by ?? 'shipped'}, ${loaded_at.toISOString()}`);
  });
}

async function load(path: string, { calendar, year, preview, yes, as, json }: LoadOptions): Promise<void> {
  const [{ randomUUID }, { readFile }, { basename }, { atStore }, { loadYearOf, previewYearOf }, { sayYear }, { confirm }, { follow }] =
    await Promise.all([
      import('node:crypto'),
      import('node:fs/promises'),
      import('node:path'),
      import('../calendar/at-store.ts'),
      import('../../desk/index.ts'),
      import('../calendar/say-year.ts'),
      import('../confirm.ts'),
      import('../calendar/follow.ts'),
    ]);
  const file = { calendar, year, file: { name: basename(path), content: await readFile(path, 'utf8') } };
  await atStore(async ({ db, rules, desk }) => {
    const foreseen = await previewYearOf(db, rules, file, Date.now());
    if (!json) say(sayYear(foreseen));
    if (preview) return json ? say(JSON.stringify({ ...foreseen.preview, cases: foreseen.cases, unused: foreseen.unused })) : undefined;
    if (!yes && !(await confirm(`Load ${year} into ${calendar}?`))) {
      say('Nothing was changed. (--yes answers for you.)');
      process.exitCode = 1;
      return;
    }
    const { job, preview: loaded } = await loadYearOf({ db, rules, bulk: desk.bulk }, file, {
      person: as,
      at: Date.now(),
      job: randomUUID(),
    });
    if (!json) say(`${calendar} ${loaded.version.to} is loaded; the open cases are being told (bulk job ${job}).`);
    await follow(db, job, json, { version: loaded.version });
  });
}

function whole(text: string): number {
  if (!/^[12]\d{3}$/.test(text)) throw new InvalidArgumentError('must be a year such as 2027.');
  return Number(text);
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
