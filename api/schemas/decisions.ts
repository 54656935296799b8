import { z } from 'zod';
import { emergencyOfDecision } from './authority.ts';
import { instant, label, yuan } from './common.ts';
import { named } from './registry.ts';

/** A decision without its text. */
export const decisionMade = z.object({
  seq: z.number().int().describe('The event that holds it'),
  meaning: z.enum(['reviewed', 'approved', 'rejected', 'acknowledged', 'signed', 'ended']),
  meaningLabel: label,
  on: z.string().describe('The proposal it is about, or the step'),
  onLabel: label.nullable(),
  printedName: z.string().nullable().describe('As it was when it was signed'),
  person: z.string().nullable(),
  role: z.string().nullable(),
  roleLabel: label.nullable(),
  for: z
    .object({ person: z.string(), printedName: z.string().nullable() })
    .nullable()
    .describe('The person whose role it is, where a substitute or a delegate acted'),
  delegation: z.string().nullable().describe('By which delegation of that person'),
  emergency: z.string().nullable().describe('Break-glass: by which emergency grant; it is reviewed afterwards'),
  signers: z.array(z.string()).describe('Of a common sheet: who signed it'),
  at: instant.describe('When it was made, as stated'),
  recordedAt: instant.describe('When the system learnt it'),
  clause: z.string().nullable(),
  proposal: z.object({ name: z.string(), version: z.number().int(), hash: z.string(), amount: yuan.nullable() }).nullable(),
  lapsed: z
    .object({ seq: z.number().int(), why: z.enum(['newer-version', 'superseded', 'refused']), zh: z.string(), en: z.string() })
    .nullable()
    .describe('What voided it; null = it stands'),
  desk: z
    .enum(['sealed', 'past', 'forged'])
    .describe(
      '`sealed`: it came through the desk; `past`: nobody vouches for who said it; `forged`: it claims the desk and is not its own',
    ),
  sent: z.enum(['update', 'signal']).nullable().describe('How it reached the case; null = past the desk'),
  past: z.boolean().describe('Told by an import of an old register'),
  signIn: z
    .object({ how: z.enum(['password', 'link', 'oidc', 'token']), fresh: z.boolean() })
    .nullable()
    .describe('How the sender had signed in; fresh: within five minutes of having shown to be there. Null = it is not known'),
  record: z
    .object({ hash: z.string().nullable(), matches: z.boolean() })
    .describe(
      'The link of the chain it is bound to; `matches`: reckoned again just now, it is the same. Null where something before it is withheld',
    ),
});
named.add(decisionMade, { id: 'DecisionMade' });

const exactText = z.object({
  hash: z.string(),
  matches: z.boolean().nullable().describe('The stored text, hashed again just now, is what was decided on; null = no text is stored'),
  form: z.record(z.string(), z.unknown()).nullable(),
});

export const decisionWithText = decisionMade.extend({
  emergencyGrant: emergencyOfDecision.nullable().describe('The emergency grant it rests on'),
  text: exactText.nullable().describe('Exactly what was decided on or signed'),
  said: exactText.nullable().describe('What the decider filled in with it: the reason'),
});
named.add(decisionWithText, { id: 'Decision' });
