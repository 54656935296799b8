/** Joint survey and its sheet (3.4.5). */
import { builderRequired, checkSurvey, orderClass, type Invitation } from '../../domain/property-repair/survey.ts';
import type { Fen } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';
import type { Answered, Case } from '../kit/case.ts';
import type { Intake, Survey } from './facts.ts';

/** Within one working day from acceptance, or in a later round from the call; the sheet names the party responsible [CS19.P6]. */
export async function jointSurvey(c: Case, intake: Intake, from: Instant): Promise<Answered<Survey>> {
  c.enter('survey');
  const provisional = c.state.round === 1 ? intake.provisionalEstimate : undefined;
  const notNeededUpTo = Number(c.switch('builderNotNeededUpTo')) as Fen;
  c.know({ builderMustAttend: builderRequired(provisional, notNeededUpTo) }, '3.4.5');
  let invitation: Invitation | undefined;
  c.offer<Invitation>('inviteBuilder', ({ facts }) => {
    invitation = facts;
  });
  const survey = await c.ask<Survey>('survey', {
    from,
    guard: ({ facts, occurredAt }) => {
      const { signedBy, absent = [], estimate = provisional } = facts as unknown as Survey;
      return checkSurvey({ signedBy, absent, occurredAt, ...(estimate === undefined ? {} : { estimate }) }, notNeededUpTo, invitation);
    },
  });
  c.lapse('inviteBuilder', 'surveyed');
  if (!survey.unrecorded) {
    const { trades, complex = false, responsible, orderClass: stated } = survey.facts;
    c.know({ trades, complex, responsible, orderClass: orderClass(responsible, stated), repairBy: 'team' }, '3.4.5');
  }
  return survey;
}
