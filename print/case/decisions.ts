/** Decisions on paper: printed name, time, meaning, the exact text and what binds it to the record (21 CFR 11.50, 11.70). */
import type { SignedDecision } from '../../db/read/decisions.ts';
import { LAPSES, MEANINGS } from '../../domain/case/decisions.ts';
import { filedStep } from '../../domain/case/filed-step.ts';
import { formOf } from '../../domain/pack.ts';
import { sayInstant } from '../kit/say.ts';
import type { Block } from '../kit/sheet.ts';
import type { CaseFile } from './case-file.ts';
import { pairOf } from './pair.ts';
import { sayActor, stepName } from './words.ts';

/** @param proposal those on it, as a form of the procedure has them; undefined: everything that people have put their name to, compared */
export function decisionsOn(proposal: string | undefined, heading: string, file: CaseFile): Block[] {
  const made = file.decisions.filter((one) => proposal === undefined || one.proposal?.name === proposal);
  if (made.length === 0) return [];
  return [
    { kind: 'heading', text: heading },
    {
      kind: 'grid',
      head: ['所决定的版本及其散列值', '意见', '决定人（岗位）', '时间'],
      widths: [34, 26, 22, 18],
      rows: made.map((one) => [
        ...(proposal === undefined ? [sayText(one, file), sayMeaning(one, file)] : [sayVersion(one, file), sayAct(one, file)]),
        sayActor({ event: one.event, name: one.name, forName: one.forName }, file),
        sayInstant(one.event.occurredAt),
      ]),
    },
  ];
}

const sayVersion = ({ on, proposal }: SignedDecision, file: CaseFile): string =>
  `${stepName(on, file)} 第${proposal?.version}版\n${proposal?.hash}`;

function sayAct({ event, said }: SignedDecision, file: CaseFile): string {
  if (event.kind !== 'decided') return '';
  const { act, decision } = event.data;
  return `${act === 'approve' ? '审批' : '审核'}：${decision === 'approve' ? '同意' : '不同意'}${reasonOf(said, file)}`;
}

function reasonOf(said: string | undefined, file: CaseFile): string {
  const reason = said === undefined ? undefined : file.texts.get(said)?.form['reason'];
  return typeof reason === 'string' && reason !== '' ? `：${reason}` : '';
}

function sayText({ on, proposal, text }: SignedDecision, file: CaseFile): string {
  const called = `${stepName(on, file)}${proposal === undefined ? '' : ` 第${proposal.version}版`}`;
  const matches = text === undefined ? undefined : file.texts.get(text)?.matches;
  const compared = matches === undefined ? '' : matches ? '\n（核对相符）' : '\n（核对不符：所存文本已非所决定的文本）';
  return text === undefined ? called : `${called}\n${text}${compared}`;
}

function sayMeaning(one: SignedDecision, file: CaseFile): string {
  const { event, meaning, said, lapsed, forged, sent, chained } = one;
  return [
    `${MEANINGS[meaning].zh}${reasonOf(said, file)}`,
    ...(lapsed === undefined ? [] : [`（${LAPSES[lapsed.why].zh}，记录 ${lapsed.seq}）`]),
    ...(forged === null ? [] : ['（伪称经受理台，不作数）']),
    ...(forged === null && event.outside === true ? ['（未经受理台）'] : []),
    ...(sent === 'signal' ? ['（以信号送达）'] : []),
    ...(chained ? [] : ['（记录散列值核对不符）']),
  ].join('\n');
}

/** The exact texts, each once; a pack is too long for a dossier and stands there by its hash. */
export function textsDecidedOn(file: CaseFile): Block[] {
  const { pack, state, decisions, filed, texts } = file;
  const asked = [...new Set(decisions.flatMap(({ text }) => (text === undefined ? [] : [text])))];
  return asked.flatMap((hash): Block[] => {
    const filing = filed.find((one) => one.hash === hash);
    const fields = filing === undefined || pack === undefined ? undefined : formOf(pack, filedStep(filing.row.event), state.kind)?.fields;
    const form = texts.get(hash)?.form;
    if (filing === undefined || fields === undefined || form === undefined) return [];
    const pairs = fields.filter(({ name }) => Object.hasOwn(form, name)).map((field) => pairOf(field, form[field.name], file));
    if (pairs.length === 0) return [];
    return [
      { kind: 'heading', text: `所决定或会签的文本：${stepName(filing.step, file)}（记录 ${filing.row.event.seq}）` },
      { kind: 'pairs', pairs },
    ];
  });
}
