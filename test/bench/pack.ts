/** The smallest pack there is: one step, one limit for the closing. */
import { loadCalendar } from '../../packs/load.ts';
import { fixedRules, type RuleBook } from '../../desk/index.ts';
import type { Pack } from '../../domain/pack.ts';

const label = { zh: '基准', en: 'benchmark' };
const decision = {
  name: 'decision',
  type: 'choice' as const,
  zh: '决定',
  en: 'decision',
  options: ['approve', 'reject'],
  required: true,
  fact: true,
};

export const benchPack: Pack = {
  id: 'bench',
  version: '1.0.0',
  hash: 'b'.repeat(64),
  title: label,
  source: 'benchmark',
  numberPrefix: 'B',
  calendarId: 'cn',
  kinds: { reference: { ...label, workflow: 'referenceCase', form: 'empty' } },
  roles: [{ ...label, id: 'clerk', aliases: [], clause: '' }],
  forms: { empty: { ...label, id: 'empty', fields: [] }, decision: { ...label, id: 'decision', fields: [decision] } },
  steps: { open: { ...label, form: 'empty' }, decision: { ...label, form: 'decision' } },
  switchLabels: {},
  limitLabels: { caseClosure: { ...label, source: 'proposal', requirement: 'design' } },
  rules: {
    id: 'bench',
    version: '1.0.0',
    hash: 'b'.repeat(64),
    generalManager: 'manager',
    coordinator: ['clerk'],
    limits: { caseClosure: { name: 'caseClosure', kind: 'days', n: 60, roll: false, hardness: 'soft', ladder: 'soft', clause: 'design' } },
    ladders: { soft: [{ role: 'manager' }] },
    tiers: {},
    switches: {},
    closureLimit: 'caseClosure',
    steps: { open: { by: ['clerk'], clause: '' }, decision: { by: ['clerk'], clause: '' } },
  },
};

export function benchRules(stored: RuleBook): RuleBook {
  const bench = fixedRules({ pack: benchPack, calendar: loadCalendar('cn') });
  return {
    active: (id, at) => (id === benchPack.id ? bench : stored).active(id, at),
    pinned: (hash) => (hash === benchPack.hash ? bench : stored).pinned(hash),
    approved: (id, version, at) => (id === benchPack.id ? bench : stored).approved(id, version, at),
    calendar: (id, version) => stored.calendar(id, version),
    latest: (id, at) => (id === benchPack.id ? bench : stored).latest(id, at),
  };
}
