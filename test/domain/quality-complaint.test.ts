import { describe, expect, test } from 'vitest';
import { checkClassChange, isLower } from '../../domain/case/class.ts';
import { lackingToClose } from '../../domain/case/closing.ts';
import { checkCarriedOut, classOfPlan } from '../../domain/quality-complaint/plan.ts';
import { checkChangedJudgement, checkJudgement, type Judgement } from '../../domain/quality-complaint/validity.ts';

const levels = ['ordinary', 'major', 'particularlyMajor'];
const yes: Judgement = { stands: true, reasonsSufficient: true, demandReasonable: true };
const no: Judgement = { stands: false, reasonsSufficient: false, demandReasonable: true, reason: true };

describe('a complaint stands when both tests say so, and only then [TS.P2]', () => {
  test.for<[string, Judgement, string | undefined]>([
    ['both', yes, undefined],
    ['reasons insufficient', no, undefined],
    ['demand unreasonable', { ...no, reasonsSufficient: true, demandReasonable: false }, undefined],
    ['stands against the reasons', { ...yes, reasonsSufficient: false }, 'validity-contradicts-tests'],
    ['stands against the demand', { ...yes, demandReasonable: false }, 'validity-contradicts-tests'],
    ['does not stand although both', { ...no, reasonsSufficient: true }, 'validity-contradicts-tests'],
    ['no reason why not', { stands: false, reasonsSufficient: false, demandReasonable: true }, 'reason-missing'],
  ])('%s', ([, judgement, code]) => expect(checkJudgement(judgement)?.code).toBe(code));

  test('judged anew only to "stands", and with a note', () => {
    expect(checkChangedJudgement({ ...yes, note: true })).toBeUndefined();
    expect(checkChangedJudgement(yes)?.code).toBe('note-missing');
    expect(checkChangedJudgement({ ...no, note: true })?.code).toBe('bad-facts');
    expect(checkChangedJudgement({ ...yes, demandReasonable: false, note: true })?.code).toBe('validity-contradicts-tests');
  });
});

describe('class [TS.X3 TS.T1]', () => {
  test('raising needs nothing, lowering a note', () => {
    expect(checkClassChange(levels, 'ordinary', { to: 'particularlyMajor', note: false })).toBeUndefined();
    expect(checkClassChange(levels, 'major', { to: 'major', note: false })).toBeUndefined();
    expect(checkClassChange(levels, 'major', { to: 'ordinary', note: false })?.code).toBe('note-missing');
    expect(checkClassChange(levels, 'major', { to: 'ordinary', note: true })).toBeUndefined();
    expect(checkClassChange(levels, 'major', { to: 'huge', note: true })?.code).toBe('bad-facts');
  });

  test('a claim makes it major at least', () => {
    expect(levels.map((one) => classOfPlan(levels, one, true))).toEqual(['major', 'major', 'particularlyMajor']);
    expect(levels.map((one) => classOfPlan(levels, one, false))).toEqual(levels);
    expect(isLower(levels, 'unset', 'ordinary')).toBe(true);
  });

  test('a claim was made good when it was carried out', () => {
    expect(checkCarriedOut({ claim: true, lossMadeGood: false })?.code).toBe('bad-facts');
    expect(checkCarriedOut({ claim: true, lossMadeGood: true })).toBeUndefined();
    expect(checkCarriedOut({ claim: false, lossMadeGood: false })).toBeUndefined();
  });
});

test('closing waits for what the pack requires of the kind and of the class at closing [TS.Q4]', () => {
  const closeRequires = { quality: ['summary', 'filing'], major: ['reportToGeneralManager', 'document:plan'] };
  const lacking = (severity: string, ...answered: string[]) =>
    lackingToClose(
      { kind: 'quality', severity, answers: Object.fromEntries(answered.map((step) => [step, {}])), tasks: {} },
      { closeRequires, steps: { draw: { by: [], clause: '', form: 'plan' } } },
    );
  expect(lacking('ordinary')).toEqual(['summary', 'filing']);
  expect(lacking('ordinary', 'summary', 'filing')).toEqual([]);
  expect(lacking('major', 'summary', 'filing')).toEqual(['reportToGeneralManager', 'document:plan']);
  expect(lacking('major', 'summary', 'filing', 'draw')).toEqual(['reportToGeneralManager']);
  expect(lackingToClose({ kind: 'quality', severity: 'major', answers: {}, tasks: {} }, { steps: {} })).toEqual([]);
});
