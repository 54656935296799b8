/**
 * Who has what right, as the procedures say it, written down by hand: what the answers are held against must not come from the code that
 * makes them.
 */
import type { Relation } from '../../../api/access/relation.ts';
import { holds, holdsInFamily, type Who } from './who.ts';

type Roles = Readonly<Record<string, readonly string[]>>;

/** The seeded repair, passed on to design: overseers, whoever owes or may do something, whoever was told. */
export const concerned: Roles = {
  's3-cs19': [
    ...['customerService', 'serviceManager', 'caseHandler', 'generalManager'],
    ...['recordsClerk', 'serviceOffice', 'sales', 'engineering', 'design'],
  ],
};
/** The case of the other procedure: its market department, leader and quality. */
const otherConcerned: Roles = { 's2-cement': ['market', 'companyLeader', 'quality'] };

const overseers: Roles = { 's3-cs19': ['customerService', 'serviceManager', 'caseHandler', 'generalManager'] };
export const contactWriters: Roles = {
  's0-ts16949': ['marketing', 'marketingRecorder', 'marketingSupervisor', 'technical', 'serviceStaff'],
};
export const contactReaders: Roles = {
  's0-ts16949': [
    ...(contactWriters['s0-ts16949'] ?? []),
    ...['generalManager', 'deputyGeneralManager', 'superiors', 'marketingHead', 'production', 'productionSupervisor', 'departmentHeads'],
    ...['acceptingUnit', 'acceptingPerson', 'personInCharge', 'responsibleDepartment'],
  ],
};
export const customerWriters: Roles = {
  's3-cs19': ['customerService', 'recordsClerk', 'sales', 'property'],
  's0-ts16949': ['marketing'],
  's1-outlet': ['dispatcher', 'serviceDepartment'],
  's3-std': ['customerService', 'serviceHead'],
  's3-13485-contract': ['business', 'salesperson'],
};
export const customerReaders: Roles = {
  's3-cs19': [
    ...['customerService', 'recordsClerk', 'sales', 'property', 'generalManager', 'serviceManager', 'serviceOffice', 'officeDirector'],
    ...['caseHandler', 'teamLeader'],
  ],
  's0-ts16949': ['marketing', 'marketingHead', 'marketingSupervisor', 'marketingRecorder', 'technical', 'serviceStaff'],
  's1-outlet': ['manager', 'dispatcher', 'serviceDepartment'],
  's3-std': ['generalManager', 'technician', 'customerService', 'serviceHead'],
  's3-13485-contract': ['generalManager', 'deputyGeneralManager', 'quality', 'business', 'salesperson'],
};
export const outletReaders: Roles = {
  's1-outlet': ['serviceDepartment', 'manager', 'office', 'generalManager', 'dispatcher', 'serviceEngineer'],
};
export const fundReaders: Roles = {
  's3-cs19': [
    ...['finance', 'customerService', 'auditDepartment', 'deputyChiefEngineer', 'serviceManager', 'property', 'teamLeader'],
    ...['deputyGeneralManager', 'generalManager'],
  ],
};
export const settlementReaders: Roles = {
  's3-cs19': ['finance', 'auditDepartment', 'deputyChiefEngineer', 'deputyGeneralManager', 'generalManager'],
};

/** Held for another estate than the one in which the case lies: without the role here. */
const elsewhere = ({ name }: Who): boolean => name === 'other-place';

export function seesCase(who: Who): boolean {
  if (elsewhere(who)) return false;
  return holds(who, concerned) || ['opener', 'holder', 'substitute'].includes(who.name);
}

export const seesOther = (who: Who): boolean => holds(who, otherConcerned);

const inCs19 = (who: Who): boolean => holds(who, { 's3-cs19': who.packs['s3-cs19'] ?? [] });

/** What a line of the table means for the seeded things, unless what is asked says it otherwise. */
export const rights: Partial<Record<Relation, (who: Who) => boolean>> = {
  case: seesCase,
  'case-rows': () => true,
  'case-named': () => true,
  'register-rows': () => true,
  'own-rows': () => true,
  'account-rows': () => true,
  'pack-rows': () => true,
  'job-rows': () => true,
  'absence-rows': () => true,
  'delegation-rows': () => true,
  'emergency-rows': () => true,
  'joint-act-rows': () => true,
  // Roles of the repair procedure were asked for.
  'joint-act': (who) => holds(who, { redress: ['administrator'], 's3-cs19': ['generalManager'] }),
  delegation: inCs19,
  overseer: (who) => holds(who, overseers),
  file: seesCase,
  pack: inCs19,
  versions: (who) => inCs19(who) || 's1-eval' in who.packs,
  register: (who) => holdsInFamily(who, customerReaders),
  writer: (who) => holdsInFamily(who, customerWriters),
  // The company's fund is for whoever holds the role for all places.
  account: (who) => holdsInFamily(who, fundReaders) && !elsewhere(who),
  job: (who) => (holds(who, overseers) && !elsewhere(who)) || holds(who, { redress: ['administrator'] }),
  'job-lead': (who) => holds(who, { redress: ['administrator'] }),
  rebaser: (who) => holds(who, { 's3-cs19': ['serviceManager', 'generalManager'] }),
  absence: (who) => holds(who, overseers),
  coordinates: (who) => holds(who, overseers),
  auditor: (who) => holds(who, { 's1-eval': ['evaluationGroup', 'serviceDepartment', 'manager', 'generalManager'] }),
  session: ({ by }) => by === 'session',
  fresh: ({ by, stale }) => by === 'session' && stale === undefined,
  own: () => false,
  link: () => false,
  proof: () => true,
};
