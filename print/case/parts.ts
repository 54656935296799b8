/** Parts of a print become blocks: the pack says how a form's fields are called and what their values mean. */
import { formOf } from '../../domain/pack.ts';
import type { FormField } from '../../domain/form.ts';
import { sayInstant } from '../kit/say.ts';
import type { Block, Pair } from '../kit/sheet.ts';
import type { CaseFile, Filed } from './case-file.ts';
import type { Part } from './form.ts';
import { roleName, sayActor, sayField, signed, stepName } from './words.ts';

export function blocksOf(part: Part, file: CaseFile): readonly Block[] {
  if ('blocks' in part) return part.blocks(file);
  if ('decisions' in part) return decisionsOn(part.decisions, part.heading, file);
  const filings = file.filed.filter(({ step }) => step === part.step);
  if (filings.length === 0) return part.blank === true && fieldsOf(part.step, file).length > 0 ? stepBlocks(part, undefined, file) : [];
  if (part.each !== true) return stepBlocks(part, filings.at(-1), file);
  return filings.flatMap((filing, at) =>
    stepBlocks({ ...part, heading: `${part.heading ?? stepName(part.step, file)}（${at + 1}）` }, filing, file),
  );
}

type StepPart = Extract<Part, { step: string }>;

function stepBlocks({ step, heading, signed: as }: StepPart, filing: Filed | undefined, file: CaseFile): Block[] {
  const pairs = fieldsOf(step, file).map((field): Pair => pairOf(field, filing?.form[field.name], file));
  const signatures = as === undefined ? [] : [signed(as, filing?.row, file)];
  return [
    { kind: 'heading', text: heading ?? stepName(step, file) },
    { kind: 'pairs', pairs, signatures },
  ];
}

const fieldsOf = (step: string, { pack, state }: CaseFile): readonly FormField[] =>
  (pack === undefined ? undefined : formOf(pack, step, state.kind))?.fields ?? [];

/** Texts, tables and files need the width of the line. */
export function pairOf(field: FormField, value: unknown, known: Parameters<typeof sayField>[2]): Pair {
  const said = sayField(field, value, known);
  const long = field.type === 'rows' || field.type === 'files' || field.type === 'hash' || field.type === 'ids' || said.length > 24;
  return { label: field.zh, value: said, ...(long || isWording(field) ? { wide: true } : {}) };
}

/** Names and numbers of telephones are short; what is told or explained is not. */
const isWording = ({ type, name, personal }: FormField): boolean =>
  type === 'text' &&
  personal !== true &&
  !/name|phone|contact|company|complainant|product|model|spec|serial|batch|number|date|quantity|unit|by$/i.test(name);

/** Who decided what on which version, with the hash that stands for its text. */
export function decisionsOn(proposal: string | undefined, heading: string, file: CaseFile): Block[] {
  const rows = file.rows.flatMap((row) => {
    const { event } = row;
    if (event.kind !== 'decided' || (proposal !== undefined && event.data.proposal.name !== proposal)) return [];
    const { act, decision, proposal: version } = event.data;
    const reason = file.filed.find(({ hash }) => hash === event.data.documentHash)?.form['reason'];
    const said = `${decision === 'approve' ? '同意' : '不同意'}${typeof reason === 'string' && reason !== '' ? `：${reason}` : ''}`;
    return [
      [
        `${stepName(version.name, file)} 第${version.version}版\n${version.hash}`,
        `${act === 'approve' ? '审批' : '审核'}：${said}`,
        sayActor(row, file),
        sayInstant(event.occurredAt),
      ],
    ];
  });
  if (rows.length === 0) return [];
  return [
    { kind: 'heading', text: heading },
    { kind: 'grid', head: ['所决定的版本及其散列值', '意见', '决定人（岗位）', '时间'], widths: [34, 26, 22, 18], rows },
  ];
}

/** Roles as people read them, in a row. */
export const sayRoles = (ids: readonly string[], file: Pick<CaseFile, 'pack'>): string => ids.map((id) => roleName(id, file)).join('、');
