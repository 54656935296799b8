/** Prints of an entry of a register: what is written there, and of a customer the cases that concern the reader. */
import type { Db } from '../../db/database.ts';
import { historyOf, type HistoryRow } from '../../db/read/entries.ts';
import { casesOfCustomer, namesOf } from '../../db/read/prints.ts';
import type { Scope } from '../../db/read/scope.ts';
import type { RegisterDef } from '../../domain/register/definition.ts';
import { readCaseFile, type CaseFile } from '../case/case-file.ts';
import { pairOf } from '../case/pair.ts';
import { sayActor, sayField } from '../case/words.ts';
import { sayKind, sayStatus } from '../forms/case-block.ts';
import type { Printed } from '../kit/pdf.ts';
import { press } from '../kit/press.ts';
import { sayInstant } from '../kit/say.ts';
import type { Block, Pair, Sheet, Signature } from '../kit/sheet.ts';

export interface EntryPrint {
  readonly id: string;
  readonly title: string;
  readonly en: string;
}

/** Most cases on a customer's paper, the newest first. */
const CASES = 100;

const customerFile: EntryPrint = { id: 'customer-file', title: '《客户服务档案表》', en: 'customer service file' };
const serviceRecord: EntryPrint = { id: 'service-record', title: '《客户服务记录表》', en: 'service record of a customer' };
const entrySheet: EntryPrint = { id: 'entry', title: '', en: 'the entry as it is written' };

/** Every register's entries can be printed as they are; a customer's also as the procedures' two papers. */
export function entryPrints({ id, zh }: Pick<RegisterDef, 'id' | 'zh'>): readonly EntryPrint[] {
  return id === 'customers' ? [customerFile, serviceRecord] : [{ ...entrySheet, title: `《${zh.replace(/[《》]/g, '')}》` }];
}

export interface EntryPrinted extends Printed {
  readonly title: string;
}

/** Undefined: no such entry, or no such print of it. Cases that do not concern the reader are left out. */
export async function printEntry(
  db: Db,
  def: RegisterDef,
  id: string,
  print: string,
  { scope, company, label }: { readonly scope: Scope; readonly company?: string | undefined; readonly label?: string | undefined },
): Promise<EntryPrinted | undefined> {
  const form = entryPrints(def).find((one) => one.id === print);
  const history = await historyOf(db, def.id, id);
  const version = history.findLast((one) => one.hash !== null);
  if (form === undefined || version === undefined) return undefined;
  const body = version.body ?? {};
  const names = await namesOf(
    db,
    history.map(({ person }) => person),
  );
  const known = { names };
  const pairs = def.fields.map((field) => pairOf(field, body[field.name], known));
  const tables = def.fields.flatMap((field): Block[] => tableOf(field, body[field.name], names));
  const files = def.id === 'customers' ? await filesOf(db, scope, id) : [];
  const sheet: Sheet = {
    title: form.title.replace(/[《》]/g, ''),
    company,
    label,
    source: `${def.zh} ${def.clause}`,
    stamp: {
      number: id,
      seq: version.version,
      hash: version.hash ?? '',
      at: (history.at(-1) ?? version).at.getTime(),
      issued: false,
      of: 'entry',
    },
    blocks: [
      ...standingOf(def, history),
      ...(form === serviceRecord
        ? ([
            { kind: 'pairs', pairs: pairs.filter(({ value, wide }) => value !== '' && wide !== true).slice(0, 6) },
            ...serviceBlocks(files),
          ] satisfies Block[])
        : ([
            {
              kind: 'pairs',
              pairs: pairs.filter((_, at) => def.fields[at]?.type !== 'rows'),
              signatures: signaturesOf(history, version.version, names),
            },
            ...tables,
            ...(form === customerFile ? caseList(files) : []),
          ] satisfies Block[])),
    ],
  };
  return { ...(await press(sheet)), title: sheet.title };
}

const SIGNED = { written: '登记人', review: '审核人', approve: '批准人' } as const;

/** Who wrote a version, and who reviewed and approved it, each with the time. */
function signaturesOf(history: readonly HistoryRow[], version: number, names: ReadonlyMap<string, string>): Signature[] {
  return history.flatMap(({ version: of, what, person, at }) =>
    of === version && Object.hasOwn(SIGNED, what)
      ? [{ label: SIGNED[what as keyof typeof SIGNED], name: names.get(person) ?? person, at: sayInstant(at.getTime()) }]
      : [],
  );
}

const STANDING: Readonly<Record<string, string>> = {
  written: '草稿，未经批准，不生效',
  submit: '已提交，未经批准，不生效',
  review: '已审核，未经批准，不生效',
  approve: '有效',
  reject: '已退回，不生效',
  withdraw: '已作废',
};

/** What the paper is worth: said of every reviewed entry, and of any that is withdrawn. */
function standingOf(def: RegisterDef, history: readonly HistoryRow[]): Block[] {
  const last = history.at(-1);
  if (last === undefined || (def.review === undefined && last.what !== 'withdraw')) return [];
  const value = `${STANDING[last.what] ?? last.what}（第 ${last.version} 版，${sayInstant(last.at.getTime())}）`;
  return [{ kind: 'pairs', pairs: [{ label: '状态', value, wide: true }] }];
}

function tableOf(field: RegisterDef['fields'][number], value: unknown, names: ReadonlyMap<string, string>): Block[] {
  if (field.type !== 'rows' || field.fields === undefined || !Array.isArray(value) || value.length === 0) return [];
  const columns = field.fields;
  return [
    { kind: 'heading', text: field.zh },
    {
      kind: 'grid',
      head: columns.map(({ zh }) => zh),
      widths: columns.map(() => 1),
      rows: (value as readonly Record<string, unknown>[]).map((row) =>
        columns.map((column) => sayField(column, row[column.name], { names })),
      ),
    },
  ];
}

async function filesOf(db: Db, scope: Scope, customer: string): Promise<CaseFile[]> {
  const files: CaseFile[] = [];
  for (const number of await casesOfCustomer(db, scope, customer, CASES)) {
    const file = await readCaseFile(db, number);
    if (file !== undefined) files.push(file);
  }
  return files;
}

function caseList(files: readonly CaseFile[]): Block[] {
  return [
    { kind: 'heading', text: '客户服务记录' },
    {
      kind: 'grid',
      head: ['编号', '类别', '受理时间', '状态'],
      widths: [30, 26, 28, 16],
      whole: true,
      rows: files.map((file) => [file.number, sayKind(file), sayInstant(file.state.openedAt), sayStatus(file)]),
    },
  ];
}

/** Steps in which a service is recorded and verified, in the order of the paper. */
const RECORDED = ['serviceRecord', 'verification', 'carryOut', 'completion', 'followUp', 'opinion'] as const;

function serviceBlocks(files: readonly CaseFile[]): Block[] {
  return files.flatMap((file): Block[] => {
    const entries = file.filed.filter(({ step }) => (RECORDED as readonly string[]).includes(step));
    if (entries.length === 0) return [];
    return [
      { kind: 'heading', text: `${file.number} ${sayKind(file)}（${sayStatus(file)}）` },
      {
        kind: 'grid',
        head: ['时间', '事项', '内容', '记录人（岗位）'],
        widths: [20, 16, 44, 20],
        rows: entries.map(({ step, form, row }) => [
          sayInstant(row.event.occurredAt),
          file.pack?.steps[step]?.zh ?? step,
          contentOf(step, form, file),
          sayActor(row, file),
        ]),
      },
    ];
  });
}

function contentOf(step: string, form: Readonly<Record<string, unknown>>, file: CaseFile): string {
  const id = file.pack?.steps[step]?.form;
  const fields = id === undefined ? [] : (file.pack?.forms[id]?.fields ?? []);
  return fields
    .map((field): Pair => pairOf(field, form[field.name], file))
    .filter(({ value }) => value !== '')
    .map(({ label, value }) => `${label}：${value}`)
    .join('；');
}
