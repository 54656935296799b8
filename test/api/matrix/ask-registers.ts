/** How the routes of registers and accounts are asked: customers and contacts, the working fund of customer service. */
import type { registers } from '../../../api/access/registers.ts';
import type { Ask, Asks } from './ask.ts';
import { contactReaders, contactWriters, customerWriters, outletReaders, settlementReaders } from './rights.ts';
import type { Things } from './seed.ts';
import { holdsInFamily, type Who } from './who.ts';

const of = (rest: string) => ({
  url: ({ customer }: Things) => `/api/registers/customers${rest.replace(':id', customer)}`,
  absent: ({ customer }: Things) => `/api/registers/nonesuch${rest.replace(':id', customer)}`,
});
const read = (rest: string): Ask => ({ ...of(rest), through: [200] });
const contact = (rest: string) => ({
  url: ({ contact: id }: Things) => `/api/registers/contacts/entries/${id}${rest}`,
  absent: ({ contact: id }: Things) => `/api/registers/nonesuch/entries/${id}${rest}`,
});
const roles =
  (wanted: Parameters<typeof holdsInFamily>[1]) =>
  (who: Who): boolean =>
    holdsInFamily(who, wanted);
const finance = roles({ 's3-cs19': ['finance'] });
const contacts = {
  register: roles(contactReaders),
  writer: roles(contactWriters),
  pack: (who: Who) => 's0-ts16949' in who.packs,
  opener: roles({ 's0-ts16949': ['marketing', 'marketingRecorder', 'marketingHead'] }),
};
const account = (rest: string) => ({
  url: () => `/api/accounts/fund%3AcustomerService${rest}`,
  absent: () => `/api/accounts/fund%3Anonesuch${rest}`,
});
const version = { 'if-match': '"999"' };
const period = '?from=2026-01-01%2000:00&until=2027-01-01%2000:00';
const days = '?from=2026-01-01&to=2026-12-31';

export const asksOfRegisters: Asks<keyof typeof registers> = {
  'GET /api/registers': { url: () => '/api/registers', through: [200], shows: () => '"id":"customers"', showsBy: 'register' },
  'GET /api/registers/export': { url: () => '/api/registers/export', through: [200], shows: () => '\ncustomers,', showsBy: 'register' },
  'GET /api/registers/:register': read(''),
  'GET /api/registers/:register/export': read('/export'),
  'POST /api/registers/:register/imports': {
    ...of('/imports?dryRun=true'),
    type: 'text/csv',
    body: '客户编号,名称\r\nKH-9,某公司\r\n',
    through: [200],
  },
  'GET /api/registers/:register/entries': read('/entries'),
  'POST /api/registers/:register/entries': { ...of('/entries'), body: { body: {} }, through: ['bad-facts'] },
  'GET /api/registers/:register/entries/:id': read('/entries/:id'),
  'PUT /api/registers/:register/entries/:id': {
    ...of('/entries/:id'),
    body: { body: {}, reason: '更正' },
    headers: version,
    through: ['bad-facts'],
  },
  'GET /api/registers/:register/entries/:id/history': read('/entries/:id/history'),
  'GET /api/registers/:register/entries/:id/named-by': read('/entries/:id/named-by'),
  'POST /api/registers/:register/entries/:id/:act': {
    ...of('/entries/:id/withdraw'),
    body: { reason: '重复' },
    headers: version,
    through: ['entry-stale'],
    may: { reviewer: roles(customerWriters) },
  },
  'GET /api/registers/:register/entries/:id/prints': read('/entries/:id/prints'),
  'GET /api/registers/:register/entries/:id/prints/:print': read('/entries/:id/prints/customer-file'),
  'GET /api/registers/:register/entries/:id/labels': read('/entries/:id/labels'),
  'POST /api/registers/:register/entries/:id/labels': {
    ...of('/entries/:id/labels'),
    body: { label: 'nonesuch' },
    through: ['bad-request'],
  },
  'POST /api/registers/:register/entries/:id/labels/:change': {
    ...of('/entries/:id/labels/999999'),
    body: { decision: 'approve' },
    through: ['not-found'],
  },
  'GET /api/registers/:register/entries/:id/attachments': read('/entries/:id/attachments'),
  'POST /api/registers/:register/entries/:id/attachments': {
    ...of('/entries/:id/attachments'),
    body: { file: 'a'.repeat(64) },
    through: ['file-unknown'],
  },
  'POST /api/registers/:register/entries/:id/attachments/:attachment/withdraw': {
    ...of('/entries/:id/attachments/999999/withdraw'),
    body: { reason: '重复' },
    through: ['not-found'],
  },
  'GET /api/registers/:register/entries/:id/passes': read('/entries/:id/passes'),
  'POST /api/registers/:register/entries/:id/passes': {
    ...of('/entries/:id/passes'),
    body: { role: 'nonesuch', reason: '请处理' },
    through: ['bad-facts'],
  },
  'GET /api/registers/:register/entries/:id/opening': {
    ...contact('/opening?pack=s0-ts16949&kind=service'),
    through: [200],
    may: contacts,
  },
  'POST /api/registers/:register/entries/:id/case': {
    ...contact('/case'),
    body: { pack: 's0-ts16949', kind: 'service', form: { nonesuch: 1 } },
    through: ['bad-facts'],
    may: contacts,
  },
  'GET /api/contacts/compilation': { url: () => `/api/contacts/compilation${days}`, through: [200], may: contacts },
  'GET /api/contacts/compilation/export': { url: () => `/api/contacts/compilation/export${days}`, through: [200], may: contacts },
  'GET /api/outlets/:id/duty': {
    url: ({ outlet }) => `/api/outlets/${outlet}/duty`,
    absent: () => '/api/outlets/nonesuch/duty',
    through: [200],
    may: { register: roles(outletReaders) },
  },
  'GET /api/public/service-defects': { url: () => '/api/public/service-defects', through: [200] },
  'GET /api/accounts': { url: () => '/api/accounts', through: [200], shows: () => 'fund:customerService', showsBy: 'account' },
  'POST /api/accounts': {
    url: () => '/api/accounts',
    body: { kind: 'fund', fund: 'customerService', decision: { reference: 'D-1', by: '总经理', at: '2026-01-02 09:00', reason: '设立' } },
    through: ['account-taken'],
    may: { 'account-role': finance },
  },
  'GET /api/accounts/:id': { ...account(''), through: [200] },
  'GET /api/accounts/:id/entries': { ...account('/entries'), through: [200], shows: ({ number }) => number },
  'POST /api/accounts/:id/entries': {
    ...account('/entries'),
    body: { kind: 'replenish', amount: '0' },
    through: ['bad-amount'],
    may: { 'account-role': finance, case: () => true },
  },
  'GET /api/accounts/:id/statement': { ...account(`/statement${period}`), through: [200] },
  'GET /api/shortfalls': {
    url: () => '/api/shortfalls',
    through: [200],
    may: { 'account-role': roles(settlementReaders) },
  },
};
