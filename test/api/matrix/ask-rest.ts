/** How everything else is asked: customers by their link, procedures, people and the installation. */
import type { customers } from '../../../api/access/customers.ts';
import type { people } from '../../../api/access/people.ts';
import type { procedures } from '../../../api/access/procedures.ts';
import type { Ask, Asks } from './ask.ts';
import { rights } from './rights.ts';
import { holds, type Who } from './who.ts';

const SECRET = 'x'.repeat(43);
const ID = '00000000-0000-4000-8000-000000000000';
const door = { secret: SECRET, tail: '0000' };
const get = (url: string): Ask => ({ url: () => url, through: [200] });
const post = (url: string, body: unknown, ...through: Ask['through']): Ask => ({ url: () => url, body, through });
const evaluation =
  (...names: readonly string[]) =>
  (who: Who): boolean =>
    holds(who, { 's1-eval': names });

/** Without the secret there is nothing behind the door; with it, see the test of its own. */
export const asksOfCustomers: Asks<keyof typeof customers> = {
  'GET /api/public/intake': get('/api/public/intake'),
  'POST /api/public/cases': post('/api/public/cases', { pack: 's3-cs19', kind: 'repair', form: {} }, 'bad-facts'),
  'POST /api/public/tracking': post('/api/public/tracking', door),
  'POST /api/public/tracking/opinion': post('/api/public/tracking/opinion', { ...door, solved: true }),
  'POST /api/public/tracking/nudge': post('/api/public/tracking/nudge', door),
  'POST /api/public/tracking/messages': post('/api/public/tracking/messages', { ...door, words: '请尽快' }),
  'POST /api/public/tracking/survey': post('/api/public/tracking/survey', { ...door, quality: 5, attitude: 5, speed: 5 }),
  'POST /api/public/tracking/photos': {
    url: () => '/api/public/tracking/photos',
    headers: { 'x-tracking-secret': SECRET, 'x-telephone-tail': '0000' },
    type: 'multipart/form-data; boundary=b',
    body: '--b--\r\n',
    through: [],
  },
  'POST /api/public/tracking/consent': post('/api/public/tracking/consent', { ...door, request: ID, consent: true }),
};

const pack = (rest: string) => ({ url: () => `/api/packs/s3-cs19${rest}`, absent: () => `/api/packs/s9-nonesuch${rest}` });
/** Overseers of the pack, and whoever stands in. */
const ofAbsent = (who: Who): boolean => who.name === 'substitute' || rights.absence?.(who) === true;
const job = (rest: string) => ({
  url: ({ job: id }: { readonly job: string }) => `/api/bulk-jobs/${id}${rest}`,
  absent: () => `/api/bulk-jobs/${'0'.repeat(32)}${rest}`,
});
const emergency = (rest: string) => ({
  url: ({ emergency: id }: { readonly emergency: string }) => `/api/emergency-grants/${id}${rest}`,
  absent: () => `/api/emergency-grants/999999${rest}`,
});
const joint = (rest: string) => ({
  url: ({ joint: id }: { readonly joint: string }) => `/api/joint-acts/${id}${rest}`,
  absent: () => `/api/joint-acts/999999${rest}`,
});
const year = (rest: string): Ask => ({
  url: () => `/api/calendars/cn/years/2027${rest}`,
  type: 'application/yaml',
  body: 'nonsense: [',
  through: ['bad-calendar'],
});

export const asksOfProcedures: Asks<keyof typeof procedures> = {
  'GET /api/packs': { ...get('/api/packs'), shows: () => '"id":"s3-cs19"', showsBy: 'pack' },
  'GET /api/packs/export': { ...get('/api/packs/export'), shows: () => '\ns3-cs19,', showsBy: 'pack' },
  'GET /api/packs/:id': { ...pack(''), through: [200] },
  'GET /api/packs/:id/versions': { ...pack('/versions'), through: [200] },
  'GET /api/packs/:id/versions/:version': {
    url: ({ version }) => `/api/packs/s3-cs19/versions/${version}`,
    through: [200],
  },
  'GET /api/packs/:id/diff': { url: ({ version }) => `/api/packs/s3-cs19/diff?from=${version}&to=${version}`, through: [200] },
  'POST /api/packs/:id/proposals': {
    ...post('/api/packs/s3-cs19/proposals', { yaml: 'id: nonsense', reason: '试' }, 'bad-pack'),
    may: { opener: evaluation('serviceDepartment') },
  },
  'POST /api/packs/:id/withdrawals': {
    ...post('/api/packs/s3-cs19/withdrawals', { reason: '试', version: '99.0.0' }, 'pack-not-active'),
    may: { opener: evaluation('generalManager') },
  },
  'GET /api/calendars': get('/api/calendars'),
  'GET /api/calendars/:id': get('/api/calendars/cn'),
  'POST /api/calendars/:id/years/:year/preview': year('/preview'),
  'POST /api/calendars/:id/years/:year': year(''),
  'POST /api/bulk-jobs': post('/api/bulk-jobs', { pack: 's3-cs19', reason: '试' }, 202),
  'GET /api/bulk-jobs': { ...get('/api/bulk-jobs'), shows: ({ job: id }) => id, showsBy: 'job' },
  'GET /api/bulk-jobs/:id': { ...job(''), through: [200] },
  'GET /api/bulk-jobs/:id/export': { ...job('/export'), through: [200] },
  'POST /api/bulk-jobs/:id/confirm': { ...job('/confirm'), through: [202] },
  'POST /api/bulk-jobs/:id/cancel': { ...job('/cancel'), through: [202] },
  'GET /api/absences': { ...get('/api/absences'), shows: () => 'the-absent', showsBy: ofAbsent },
  'POST /api/absences': post(
    '/api/absences',
    { person: 'somebody-away', substitute: 'opener', from: '2026-01-01 00:00', until: '2026-01-02 00:00', pack: 's3-cs19' },
    'bad-absence',
  ),
  'POST /api/absences/:id/end': {
    url: ({ absence }) => `/api/absences/${absence}/end`,
    absent: () => '/api/absences/999999/end',
    through: [200],
  },
  'GET /api/delegations': get('/api/delegations'),
  'POST /api/delegations': post(
    '/api/delegations',
    { delegate: 'opener', pack: 's3-cs19', from: '2026-01-02 00:00', until: '2026-01-01 00:00', reason: '试' },
    'bad-delegation',
  ),
  'POST /api/delegations/:id/end': {
    url: ({ delegation }) => `/api/delegations/${delegation}/end`,
    absent: () => '/api/delegations/999999/end',
    through: [200],
  },
  'GET /api/emergency-grants': get('/api/emergency-grants'),
  'POST /api/emergency-grants': {
    url: () => '/api/emergency-grants',
    bodyOf: ({ number }) => ({ case: number, task: 'nonesuch#1', until: '2026-12-31 00:00', reason: '试' }),
    through: ['task-not-open'],
  },
  // What was asked for is over, and was never granted.
  'POST /api/emergency-grants/:id/grant': { ...emergency('/grant'), body: { reason: '试' }, through: ['bad-emergency'] },
  'POST /api/emergency-grants/:id/end': { ...emergency('/end'), body: { reason: '试' }, through: [200] },
  'POST /api/emergency-grants/:id/review': {
    ...emergency('/review'),
    body: { rightDone: true, finding: '试' },
    through: ['bad-emergency'],
  },
  'GET /api/joint-acts/export': { ...get('/api/joint-acts/export'), shows: () => ',whom-it-benefits,', showsBy: 'joint-act' },
  'GET /api/joint-acts': { ...get('/api/joint-acts'), shows: () => '"person":"whom-it-benefits"', showsBy: 'joint-act' },
  // Nobody has confirmed it in time.
  'POST /api/joint-acts/:id/confirm': { ...joint('/confirm'), through: ['joint-act-void'] },
  'POST /api/joint-acts/:id/refuse': { ...joint('/refuse'), through: ['joint-act-void'] },
  'GET /api/audits/gbt27922': get('/api/audits/gbt27922?from=2026-01-01%2000:00&to=2026-12-31%2000:00'),
  'POST /api/audits': post('/api/audits', { from: '2026-12-31 00:00', to: '2026-01-01 00:00' }, 'bad-request'),
  'GET /api/audits': get('/api/audits'),
  'GET /api/audits/:id': { url: ({ audit }) => `/api/audits/${audit}`, absent: () => `/api/audits/${'0'.repeat(32)}`, through: [200] },
  'POST /api/audits/:id/marks': {
    url: ({ audit }) => `/api/audits/${audit}/marks`,
    body: { indicator: 'nonesuch', applicable: true, points: 0, reason: '试' },
    through: ['mark-refused'],
  },
  'POST /api/audits/:id/issue': {
    url: ({ audit }) => `/api/audits/${audit}/issue`,
    through: ['audit-open'],
    may: { auditor: evaluation('manager', 'generalManager') },
  },
};

const person = (rest: string, body: unknown): Ask => post(`/api/people/nonesuch${rest}`, body, 'not-found');

export const asksOfPeople: Asks<keyof typeof people> = {
  'GET /api/me': get('/api/me'),
  'POST /api/sessions': post('/api/sessions', { person: 'nonesuch', password: 'nonesuch-9' }, 'sign-in-failed'),
  'GET /api/sessions': get('/api/sessions'),
  'POST /api/sessions/fresh': post('/api/sessions/fresh', { password: 'nonesuch-9' }, 'sign-in-failed'),
  // Of somebody else: as good as one that is not there.
  'POST /api/sessions/:id/end': {
    url: ({ session }) => `/api/sessions/${session}/end`,
    absent: () => `/api/sessions/${ID}/end`,
    through: [],
  },
  // No provider is set up here; its own tests have one.
  'GET /api/oidc/login': { url: () => '/api/oidc/login', through: ['oidc-off'] },
  'POST /api/oidc/login': post('/api/oidc/login', { secret: SECRET }, 'oidc-off'),
  'GET /api/oidc/callback': { url: () => '/api/oidc/callback', through: ['oidc-off'] },
  'POST /api/oidc/logout': { url: () => '/api/oidc/logout', through: ['oidc-off'], may: { session: () => true } },
  'POST /api/password': post('/api/password', { old: 'nonesuch-9', new: 'nonesuch-10' }, 'sign-in-failed'),
  'POST /api/one-time-links/use': post('/api/one-time-links/use', { secret: SECRET, password: 'correct horse 9 battery' }, 'link-used'),
  'GET /api/tokens': get('/api/tokens'),
  'POST /api/tokens': post('/api/tokens', { name: 'ci', scopes: ['read'], days: 1 }, 201),
  'POST /api/tokens/:id/end': { url: ({ token }) => `/api/tokens/${token}/end`, absent: () => `/api/tokens/${ID}/end`, through: [] },
  'GET /api/erasures/plan': { url: () => '/api/erasures/plan?of=person:nobody-at-all', through: ['not-found'] },
  'POST /api/erasures': post('/api/erasures', { of: 'person:nobody-at-all', subjects: 1, reason: 'x' }, 'not-found'),
  'GET /api/erasures': get('/api/erasures'),
  'GET /api/people': get('/api/people'),
  'POST /api/people': post('/api/people', { person: 'opener', name: '某人' }, 'person-taken'),
  'POST /api/people/:person/roles': person('/roles', { pack: 's3-cs19', roles: [] }),
  'POST /api/people/:person/one-time-link': person('/one-time-link', undefined),
  'POST /api/people/:person/shut-out': person('/shut-out', { account: false }),
  'POST /api/people/:person/name': person('/name', { name: '某人' }),
  'POST /api/people/:person/clearance': person('/clearance', { label: null }),
  'POST /api/people/:person/mail': person('/mail', { mail: null }),
  'GET /api/people/:person/identities': { url: () => '/api/people/nonesuch/identities', through: ['not-found'] },
  'POST /api/people/:person/identities': post(
    '/api/people/nonesuch/identities',
    { issuer: 'https://login.example.com', subject: 's' },
    'oidc-off',
  ),
  'POST /api/people/:person/identities/:id/end': person(`/identities/${ID}/end`, undefined),
  'GET /api/deliveries': get('/api/deliveries'),
  'POST /api/deliveries/:id/again': { url: () => '/api/deliveries/999999/again', through: ['not-found'] },
  'GET /api/openapi.json': get('/api/openapi.json'),
  'GET /api/docs/*': get('/api/docs/'),
  'GET /health/live': get('/health/live'),
  'GET /health/ready': get('/health/ready'),
  'GET /metrics': get('/metrics'),
};
