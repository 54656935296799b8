/** Parts of a print become blocks: the pack says how a form's fields are called and what their values mean. */
import { formOf } from '../../domain/pack.ts';
import type { FormField } from '../../domain/form.ts';
import type { Block, Pair } from '../kit/sheet.ts';
import type { CaseFile, Filed } from './case-file.ts';
import type { Part } from './form.ts';
import { decisionsOn } from './decisions.ts';
import { pairOf } from './pair.ts';
import { roleName, signed, stepName } from './words.ts';

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

/** Roles as people read them, in a row. */
export const sayRoles = (ids: readonly string[], file: Pick<CaseFile, 'pack'>): string => ids.map((id) => roleName(id, file)).join('、');
