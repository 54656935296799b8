/** What is wrong with an answer, whatever was asked. */
import { tmpdir } from 'node:os';
import type { Answer } from '../../../api/support/api.ts';
import type { FuzzedRequest } from './request.ts';
import { CANARIES } from './world.ts';

/** Of no answer at all. */
const INSIDES = [
  /\n\s+at .+:\d+:\d+/,
  /node_modules[/\\]/,
  /file:\/\/\//,
  /postgres(ql)?:\/\//,
  /\$argon2/,
  ...[process.cwd(), tmpdir()].map((folder) => new RegExp(folder.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))),
];
/** Of no problem: the words of the database, of JavaScript and of the engine. */
const UNDER_THE_BONNET = [
  /syntax error at|violates |relation "|column "|duplicate key value|invalid input syntax|out of range for type/i,
  /\b(select|insert into|update|delete from) [a-z_"]+\b.*\b(from|set|where|values)\b/i,
  /redress_app|kysely|ECONN|case_file|api_token|person_role|pg_catalog/i,
  /Cannot read|is not a function|is not iterable|undefined is|of undefined|Maximum call stack|Unexpected token|\[object /,
  /workflow(Id|NotFound|_task)|temporal|grpc/i,
];

/** @returns what is wrong, nothing for a good answer */
export function faultsOf(request: FuzzedRequest, answer: Answer, { isOutside, isAway }: { isOutside: boolean; isAway: boolean }): string[] {
  const faults: string[] = [];
  const { status, headers, text, body } = answer;
  const said = `${request.url} ${decode(request.url)} ${String(request.body ?? '')} ${Object.values(request.headers).join(' ')}`;
  const whole = `${text}\n${JSON.stringify(headers)}`;
  if (status >= 500 && !(status === 503 && isAway)) faults.push(`answered ${status}`);
  if (status >= 400 && request.method !== 'HEAD') {
    const isProblem = String(headers['content-type']).startsWith('application/problem+json');
    if (!isProblem) faults.push(`no problem document: ${String(headers['content-type'])}`);
    else {
      for (const key of ['type', 'code', 'title', 'titleEn', 'instance', 'traceId'])
        if (typeof body[key] !== 'string' || body[key] === '') faults.push(`the problem has no ${key}`);
      if (body['status'] !== status) faults.push(`the problem says ${body['status']}`);
      if (body['traceId'] !== headers['x-request-id']) faults.push('the trace id is not that of the request');
    }
    for (const pattern of UNDER_THE_BONNET) if (leaks(pattern, text, said)) faults.push(`shows its insides: ${pattern.exec(text)?.[0]}`);
  }
  for (const pattern of INSIDES) if (leaks(pattern, whole, said)) faults.push(`shows its insides: ${pattern.exec(whole)?.[0]}`);
  if (headers['x-content-type-options'] !== 'nosniff') faults.push('may be sniffed');
  if ('x-injected' in headers) faults.push('a header of the caller’s making');
  if (isOutside) for (const canary of CANARIES) if (whole.includes(canary)) faults.push(`tells "${canary}"`);
  return faults;
}

/** What the caller sent may come back to them. */
function leaks(pattern: RegExp, text: string, said: string): boolean {
  const found = pattern.exec(text)?.[0];
  return found !== undefined && !said.includes(found);
}

function decode(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
