/** How the routes of cases are asked. */
import type { cases } from '../../../api/access/cases.ts';
import type { Ask, Asks } from './ask.ts';
import { seesCase } from './rights.ts';
import type { Things } from './seed.ts';
import { holds, type Who } from './who.ts';

const of = (rest: string) => ({
  url: ({ number }: Things) => `/api/cases/${number}${rest}`,
  absent: ({ absent }: Things) => `/api/cases/${absent}${rest}`,
});
const read = (rest: string): Ask => ({ ...of(rest), through: [200] });
const roles =
  (...names: readonly string[]) =>
  (who: Who): boolean =>
    holds(who, { 's3-cs19': names });
/** Whoever may do it sends a form that lacks something; whoever may not, a whole one. */
const step = (rest: string, whole: (things: Things) => object, may: (who: Who) => boolean): Ask => ({
  ...of(rest),
  bodyOf: (things, allowed) => ({ form: allowed ? {} : whole(things) }),
  through: ['bad-facts'],
  may: { step: may },
});
const ending = () => ({ reason: '撤回', evidence: '来电' });
const shown = ({ number }: Things): string => number;
/** Whoever sees the case has begun a form of it by then; a token that only reads begins none. */
const hasBegun = (who: Who): boolean => seesCase(who) && who.name !== 'reads-only';
const mine = ({ name }: Who): boolean => name === 'opener';

export const asksOfCases: Asks<keyof typeof cases> = {
  'POST /api/cases': {
    url: () => '/api/cases',
    body: { pack: 's3-cs19', kind: 'repair', form: { nonesuch: 1 } },
    through: ['bad-facts'],
    may: {
      opener: (who) => who.name !== 'other-place' && roles('recordsClerk', 'customerService', 'serviceOffice', 'sales', 'property')(who),
    },
  },
  'GET /api/cases': { url: () => '/api/cases?limit=100', through: [200], shows: shown },
  'GET /api/cases/:number': read(''),
  'GET /api/cases/:number/events': read('/events'),
  'GET /api/cases/:number/timeline': read('/timeline'),
  'GET /api/cases/:number/events/export': read('/events/export'),
  'GET /api/cases/:number/next': read('/next'),
  'GET /api/cases/:number/goods': read('/goods'),
  'GET /api/cases/:number/decisions': read('/decisions'),
  'GET /api/labels': { url: () => '/api/labels', through: [200] },
  'GET /api/cases/:number/labels': read('/labels'),
  'POST /api/cases/:number/labels': { ...of('/labels'), body: { label: 'nonesuch' }, through: ['bad-request'] },
  'POST /api/cases/:number/labels/:change': { ...of('/labels/999999'), body: { decision: 'approve' }, through: ['not-found'] },
  'GET /api/cases/:number/documents': read('/documents'),
  'GET /api/cases/:number/documents/:hash': {
    url: ({ number, document }) => `/api/cases/${number}/documents/${document}`,
    absent: ({ absent, document }) => `/api/cases/${absent}/documents/${document}`,
    through: [200],
  },
  'GET /api/cases/:number/prints': read('/prints'),
  'GET /api/cases/:number/prints/:print': {
    url: ({ number, print }) => `/api/cases/${number}/prints/${print}`,
    absent: ({ absent, print }) => `/api/cases/${absent}/prints/${print}`,
    through: [200],
  },
  'GET /api/cases/:number/why': read('/why'),
  'GET /api/cases/:number/clocks/:clock/why': read('/clocks/survey%231/why'),
  'GET /api/cases/:number/deliveries': read('/deliveries'),
  'POST /api/cases/:number/steps/:step': step('/steps/departmentFeedback', () => ({ result: '已处理' }), roles('design')),
  'POST /api/cases/:number/assign': step(
    '/assign',
    () => ({ task: 'survey#1', person: 'opener' }),
    roles('customerService', 'serviceManager', 'caseHandler', 'officeDirector'),
  ),
  'POST /api/cases/:number/withdraw': step('/withdraw', ending, roles('customerService', 'serviceManager', 'recordsClerk')),
  'POST /api/cases/:number/duplicate': step(
    '/duplicate',
    ({ absent }) => ({ of: absent, reason: '重复' }),
    roles('customerService', 'serviceManager'),
  ),
  'POST /api/cases/:number/opened-in-error': step('/opened-in-error', ending, roles('customerService', 'serviceManager')),
  // Nothing is under repair yet: it is open to nobody.
  'POST /api/cases/:number/extension': { ...of('/extension'), body: { form: {} }, through: ['bad-facts'], may: { step: () => true } },
  'POST /api/cases/:number/nudge': step(
    '/nudge',
    () => ({ task: 'survey#1', from: 'customer' }),
    roles('customerService', 'serviceManager', 'caseHandler', 'recordsClerk', 'serviceOffice', 'sales', 'property'),
  ),
  'GET /api/cases/:number/attachments': read('/attachments'),
  'POST /api/cases/:number/attachments': { ...of('/attachments'), body: { file: 'a'.repeat(64) }, through: ['file-unknown'] },
  'POST /api/cases/:number/attachments/:id/withdraw': {
    url: ({ number, attachment }) => `/api/cases/${number}/attachments/${attachment}/withdraw`,
    absent: ({ absent, attachment }) => `/api/cases/${absent}/attachments/${attachment}/withdraw`,
    body: { reason: '重复' },
    through: [200],
    may: { 'case-role': (who) => mine(who) || roles('customerService', 'serviceManager', 'caseHandler', 'generalManager')(who) },
  },
  'GET /api/cases/:number/drafts/:step': { ...read('/drafts/registerNote'), may: { own: mine } },
  'PUT /api/cases/:number/drafts/:step': { ...of('/drafts/registerNote'), body: { form: {} }, through: [200], may: { own: () => true } },
  'DELETE /api/cases/:number/drafts/:step': { ...of('/drafts/survey'), through: [204] },
  'POST /api/cases/:number/consent-requests': {
    ...of('/consent-requests'),
    body: { until: '2020-01-01 00:00', reason: '缺材料' },
    through: ['bad-facts'],
    may: { 'case-role': roles('customerService', 'recordsClerk', 'caseHandler') },
  },
  'GET /api/cases/:number/consent-requests': read('/consent-requests'),
  'GET /api/cases/:number/customer-words': read('/customer-words'),
  'POST /api/cases/:number/tracking-link': {
    ...of('/tracking-link'),
    body: {},
    through: [201],
    may: {
      'case-role': roles('customerService', 'serviceManager', 'caseHandler', 'recordsClerk', 'serviceOffice', 'sales', 'property'),
    },
  },
  'GET /api/cases/:number/tracking-links': read('/tracking-links'),
  'POST /api/cases/:number/tracking-links/:id/revoke': {
    ...of('/tracking-links/00000000-0000-4000-8000-000000000000/revoke'),
    through: ['not-found'],
    may: {
      'case-role': roles('customerService', 'serviceManager', 'caseHandler', 'recordsClerk', 'serviceOffice', 'sales', 'property'),
    },
  },
  'GET /api/views': { url: () => '/api/views', through: [200] },
  'GET /api/views/:view': { url: () => '/api/views/calls', through: [200], shows: ({ name }) => name },
  'GET /api/tasks': { url: () => '/api/tasks?optional=true&limit=100', through: [200] },
  'GET /api/notices': { url: () => '/api/notices?all=true&limit=100', through: [200] },
  'POST /api/notices/read': { url: () => '/api/notices/read', bodyOf: ({ notice }) => ({ ids: [notice] }), through: [200] },
  'GET /api/live': { url: () => '/api/live', headers: { 'last-event-id': '1000000' }, through: [200], shows: shown },
  'POST /api/files': {
    url: () => '/api/files',
    type: 'multipart/form-data; boundary=b',
    body: '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\na\r\n--b--\r\n',
    through: [201],
  },
  'GET /api/files/:hash': {
    url: ({ file }) => `/api/files/${file}`,
    absent: () => `/api/files/${'0'.repeat(64)}`,
    through: [200],
  },
  'GET /api/files/:hash/thumbnail': {
    url: ({ file }) => `/api/files/${file}/thumbnail`,
    absent: () => `/api/files/${'0'.repeat(64)}/thumbnail`,
    through: [200],
  },
  'GET /api/drafts': { url: () => '/api/drafts?limit=100', through: [200], shows: shown, showsBy: hasBegun },
  'GET /api/drafts/:pack/:kind': {
    url: () => '/api/drafts/s3-cs19/repair',
    absent: () => '/api/drafts/s9-none/repair',
    through: [200],
    may: { own: mine },
  },
  'PUT /api/drafts/:pack/:kind': {
    url: () => '/api/drafts/s3-cs19/other',
    absent: () => '/api/drafts/s9-none/other',
    body: { form: {} },
    through: [200],
    may: { own: () => true },
  },
  'DELETE /api/drafts/:pack/:kind': { url: () => '/api/drafts/s3-cs19/bonusEvaluation', through: [204] },
  'GET /api/requests/:key': {
    url: ({ key }) => `/api/requests/${key}`,
    absent: () => '/api/requests/nobodys-key',
    through: [200],
    may: { own: mine },
  },
};
