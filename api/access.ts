/**
 * Who may use which route, on what the answer depends, and what others get: the one table, by area in `access/`. A route that is not
 * in it cannot be registered, nor one whose address names a case or a register without saying that it depends on it. Who may do a step
 * of a case is not said here: the case judges that by its pack, whatever door the message came through.
 */
import { cases } from './access/cases.ts';
import { customers } from './access/customers.ts';
import { people } from './access/people.ts';
import { procedures } from './access/procedures.ts';
import { registers } from './access/registers.ts';
import type { Rule } from './access/rule.ts';

export const access = { ...cases, ...registers, ...customers, ...procedures, ...people };

export type Route = keyof typeof access;

/** What stands for the installation where roles are held by pack. */
export const INSTALLATION = 'redress';

export function isAdministrator(packs: Readonly<Record<string, readonly string[]>>): boolean {
  return Object.hasOwn(packs, INSTALLATION) && packs[INSTALLATION]?.includes('administrator') === true;
}

/** Whoever looks after Temporal: may read what is encrypted there, and nothing else by it. */
export function isOperator(packs: Readonly<Record<string, readonly string[]>>): boolean {
  return isAdministrator(packs) || (Object.hasOwn(packs, INSTALLATION) && packs[INSTALLATION]?.includes('operator') === true);
}

/** The line of a route; HEAD is as GET, the pages of the documentation are one. Undefined = not in the table. */
export function ruleOf(method: string, url: string): Rule | undefined {
  const page = /^\/api\/docs(\/|$)/.test(url) ? '/api/docs/*' : url;
  const key = `${method === 'HEAD' ? 'GET' : method} ${page}`;
  return Object.hasOwn(access, key) ? access[key as Route] : undefined;
}

/** Why a route must not be registered; undefined = it may. */
export function faultOfRoute(method: string, url: string): string | undefined {
  const rule = ruleOf(method, url);
  if (rule === undefined) return `${method} ${url} is not in api/access.ts`;
  const depends = (...one: readonly string[]): boolean => rule.some((word) => one.includes(word));
  if (url.startsWith('/api/cases/:number') && !depends('case', 'own-rows')) return `${method} ${url} must depend on the case`;
  if (url.startsWith('/api/registers/:register') && !depends('register')) return `${method} ${url} must depend on the register`;
  return undefined;
}
