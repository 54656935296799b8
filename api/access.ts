/**
 * Who may use which route: the one table. A route that is not in it cannot be registered. Who may do a step of a case
 * is not said here: the case judges that by its pack, whatever door the message came through.
 */
export type Access =
  /** Anybody, without a token. */
  | 'public'
  /** From this machine only. */
  | 'loopback'
  /** Anybody signed in; what they see is limited to the packs in which they have a role. */
  | 'signed-in'
  /** Whoever looks after the installation: the role `administrator` of `redress` itself, not of a pack. */
  | 'administrator'
  /** Anybody signed in; the case (or its pack, at the opening) judges the roles of whoever acts. */
  | 'judged-by-case';

export const access: Readonly<Record<string, Access>> = {
  'POST /api/cases': 'judged-by-case',
  'GET /api/cases': 'signed-in',
  'GET /api/cases/export': 'signed-in',
  'GET /api/cases/:number/events/export': 'signed-in',
  'GET /api/tasks/export': 'signed-in',
  'GET /api/notices/export': 'signed-in',
  'GET /api/absences/export': 'signed-in',
  'GET /api/bulk-jobs/:id/export': 'signed-in',
  'GET /api/cases/:number': 'signed-in',
  'GET /api/cases/:number/events': 'signed-in',
  'GET /api/cases/:number/next': 'signed-in',
  'GET /api/cases/:number/goods': 'signed-in',
  'GET /api/outlets/:id/duty': 'signed-in',
  'GET /api/public/service-defects': 'public',
  'GET /api/public/intake': 'public',
  'POST /api/public/cases': 'public',
  'POST /api/public/tracking': 'public',
  'POST /api/public/tracking/opinion': 'public',
  'POST /api/public/tracking/nudge': 'public',
  'POST /api/public/tracking/messages': 'public',
  'POST /api/public/tracking/survey': 'public',
  'POST /api/public/tracking/photos': 'public',
  'POST /api/public/tracking/consent': 'public',
  'POST /api/cases/:number/consent-requests': 'signed-in',
  'GET /api/cases/:number/consent-requests': 'signed-in',
  'GET /api/cases/:number/customer-words': 'signed-in',
  'POST /api/cases/:number/tracking-link': 'signed-in',
  'GET /api/cases/:number/tracking-links': 'signed-in',
  'POST /api/cases/:number/tracking-links/:id/revoke': 'signed-in',
  'GET /api/cases/:number/decisions': 'signed-in',
  'GET /api/cases/:number/documents': 'signed-in',
  'GET /api/cases/:number/documents/:hash': 'signed-in',
  'GET /api/cases/:number/prints': 'signed-in',
  'GET /api/cases/:number/prints/:print': 'signed-in',
  'GET /api/cases/:number/why': 'signed-in',
  'GET /api/cases/:number/clocks/:clock/why': 'signed-in',
  'POST /api/cases/:number/steps/:step': 'judged-by-case',
  'POST /api/cases/:number/assign': 'judged-by-case',
  'POST /api/cases/:number/withdraw': 'judged-by-case',
  'POST /api/cases/:number/duplicate': 'judged-by-case',
  'POST /api/cases/:number/opened-in-error': 'judged-by-case',
  'POST /api/cases/:number/extension': 'judged-by-case',
  'POST /api/cases/:number/nudge': 'judged-by-case',
  'GET /api/cases/:number/attachments': 'signed-in',
  'POST /api/cases/:number/attachments': 'signed-in',
  'POST /api/cases/:number/attachments/:id/withdraw': 'signed-in',
  'GET /api/cases/:number/drafts/:step': 'signed-in',
  'PUT /api/cases/:number/drafts/:step': 'signed-in',
  'DELETE /api/cases/:number/drafts/:step': 'signed-in',
  'GET /api/registers/:register/entries/:id/attachments': 'signed-in',
  'POST /api/registers/:register/entries/:id/attachments': 'signed-in',
  'POST /api/registers/:register/entries/:id/attachments/:attachment/withdraw': 'signed-in',
  'GET /api/registers/:register/entries/:id/passes': 'signed-in',
  'POST /api/registers/:register/entries/:id/passes': 'signed-in',
  'GET /api/registers/:register/entries/:id/opening': 'signed-in',
  'POST /api/registers/:register/entries/:id/case': 'judged-by-case',
  'GET /api/contacts/compilation': 'signed-in',
  'GET /api/contacts/compilation/export': 'signed-in',
  'GET /api/views': 'signed-in',
  'GET /api/views/:view': 'signed-in',
  'GET /api/views/:view/export': 'signed-in',
  'GET /api/drafts': 'signed-in',
  'GET /api/drafts/:pack/:kind': 'signed-in',
  'PUT /api/drafts/:pack/:kind': 'signed-in',
  'DELETE /api/drafts/:pack/:kind': 'signed-in',
  'POST /api/files': 'signed-in',
  'GET /api/files/:hash': 'signed-in',
  'GET /api/files/:hash/thumbnail': 'signed-in',
  'GET /api/tasks': 'signed-in',
  'GET /api/requests/:key': 'signed-in',
  'GET /api/notices': 'signed-in',
  'POST /api/notices/read': 'signed-in',
  'GET /api/live': 'signed-in',
  'GET /api/packs': 'signed-in',
  'GET /api/packs/:id': 'signed-in',
  'GET /api/packs/:id/versions': 'signed-in',
  'GET /api/packs/:id/versions/:version': 'signed-in',
  'GET /api/packs/:id/diff': 'signed-in',
  'POST /api/packs/:id/proposals': 'judged-by-case',
  'POST /api/packs/:id/withdrawals': 'judged-by-case',
  'GET /api/accounts': 'signed-in',
  'POST /api/accounts': 'signed-in',
  'GET /api/accounts/:id': 'signed-in',
  'GET /api/accounts/:id/entries': 'signed-in',
  'POST /api/accounts/:id/entries': 'signed-in',
  'GET /api/accounts/:id/statement': 'signed-in',
  'GET /api/shortfalls': 'signed-in',
  'GET /api/absences': 'signed-in',
  'POST /api/absences': 'signed-in',
  'POST /api/absences/:id/end': 'signed-in',
  'GET /api/calendars': 'signed-in',
  'GET /api/calendars/:id': 'signed-in',
  'POST /api/calendars/:id/years/:year/preview': 'administrator',
  'POST /api/calendars/:id/years/:year': 'administrator',
  'POST /api/bulk-jobs': 'judged-by-case',
  'GET /api/bulk-jobs': 'signed-in',
  'GET /api/bulk-jobs/:id': 'signed-in',
  'POST /api/bulk-jobs/:id/confirm': 'signed-in',
  'POST /api/bulk-jobs/:id/cancel': 'signed-in',
  'GET /api/audits/gbt27922': 'signed-in',
  'POST /api/audits': 'signed-in',
  'GET /api/audits': 'signed-in',
  'GET /api/audits/:id': 'signed-in',
  'POST /api/audits/:id/marks': 'signed-in',
  'POST /api/audits/:id/issue': 'signed-in',
  'GET /api/me': 'signed-in',
  'GET /api/cases/:number/deliveries': 'signed-in',
  'GET /api/deliveries': 'administrator',
  'POST /api/deliveries/:id/again': 'administrator',
  'POST /api/people/:person/mail': 'administrator',
  'GET /api/registers': 'signed-in',
  'GET /api/registers/:register': 'signed-in',
  'GET /api/registers/:register/export': 'signed-in',
  'POST /api/registers/:register/imports': 'signed-in',
  'GET /api/registers/:register/entries': 'signed-in',
  'POST /api/registers/:register/entries': 'signed-in',
  'GET /api/registers/:register/entries/:id': 'signed-in',
  'PUT /api/registers/:register/entries/:id': 'signed-in',
  'GET /api/registers/:register/entries/:id/history': 'signed-in',
  'GET /api/registers/:register/entries/:id/named-by': 'signed-in',
  'POST /api/registers/:register/entries/:id/:act': 'signed-in',
  'GET /api/registers/:register/entries/:id/prints': 'signed-in',
  'GET /api/registers/:register/entries/:id/prints/:print': 'signed-in',
  'POST /api/sessions': 'public',
  'GET /api/sessions': 'signed-in',
  'POST /api/sessions/fresh': 'signed-in',
  'POST /api/sessions/:id/end': 'signed-in',
  'GET /api/oidc/login': 'public',
  'POST /api/oidc/login': 'public',
  'GET /api/oidc/callback': 'public',
  'POST /api/oidc/logout': 'signed-in',
  'POST /api/password': 'signed-in',
  'POST /api/one-time-links/use': 'public',
  'GET /api/tokens': 'signed-in',
  'POST /api/tokens': 'signed-in',
  'POST /api/tokens/:id/end': 'signed-in',
  'GET /api/people': 'administrator',
  'POST /api/people': 'administrator',
  'POST /api/people/:person/name': 'administrator',
  'POST /api/people/:person/roles': 'administrator',
  'POST /api/people/:person/one-time-link': 'administrator',
  'GET /api/people/:person/identities': 'administrator',
  'POST /api/people/:person/identities': 'administrator',
  'POST /api/people/:person/identities/:id/end': 'administrator',
  'GET /api/openapi.json': 'public',
  'GET /api/docs/*': 'public',
  'GET /health/live': 'public',
  'GET /health/ready': 'public',
  'GET /metrics': 'loopback',
};

/** What stands for the installation where roles are held by pack. */
export const INSTALLATION = 'redress';

export function isAdministrator(packs: Readonly<Record<string, readonly string[]>>): boolean {
  return Object.hasOwn(packs, INSTALLATION) && packs[INSTALLATION]?.includes('administrator') === true;
}

/** Whoever looks after Temporal: may read what is encrypted there, and nothing else by it. */
export function isOperator(packs: Readonly<Record<string, readonly string[]>>): boolean {
  return isAdministrator(packs) || (Object.hasOwn(packs, INSTALLATION) && packs[INSTALLATION]?.includes('operator') === true);
}

/** Access of a route; HEAD is as GET, the pages of the documentation are one. Undefined = not in the table. */
export function accessOf(method: string, url: string): Access | undefined {
  const page = /^\/api\/docs(\/|$)/.test(url) ? '/api/docs/*' : url;
  const key = `${method === 'HEAD' ? 'GET' : method} ${page}`;
  return Object.hasOwn(access, key) ? access[key] : undefined;
}
