/** Who asks, and what is there: a case of theirs for the insider, a case with words nobody else may read for the others. */
import { randomUUID } from 'node:crypto';
import type { Desk } from '../../../../desk/index.ts';
import { StoreAway } from '../../../../desk/types.ts';
import type { Office } from '../../../store/support/office.ts';
import type { Answer, Api, Caller } from '../../../api/support/api.ts';
import { sendFile } from '../../../api/support/multipart.ts';
import { openRepair, step, surveyForm } from '../../../api/support/stories.ts';
import type { FuzzedRequest } from './request.ts';

/** What stands in the other people's case, its papers, notes and addresses. */
export const CANARIES = ['琅嬛福地甲乙丙', 'canary-person-7731', '13977310042', 'canary findings 7731', 'canary draft 7731'] as const;
const [place, person, telephone, findings, draft] = CANARIES;

/** As often as they stand here: most of what is refused without signing in is refused alike. */
export const CALLERS = [
  'nobody',
  'bad token',
  ...(['outsider', 'stranger', 'insider', 'administrator'] as const).flatMap((one) => [one, one]),
];

export interface World {
  ask(request: FuzzedRequest): Promise<Answer>;
  /** Whether this caller may not read the canaries. */
  isOutside(caller: string): boolean;
  /** Where those concerned read the planted words. */
  readonly planted: readonly string[];
}

/** The real desk, whose store can be told to be away. */
export function fuzzDesk(office: Office): { readonly desk: Desk; away: boolean } {
  const switched = { away: false, desk: undefined as unknown as Desk };
  const at = (): Desk => {
    if (switched.away) throw new StoreAway();
    return office.desk;
  };
  switched.desk = {
    open: async (command) => at().open(command),
    submit: async (command) => at().submit(command),
    record: async (...batch) => at().record(...batch),
    statusOf: async (key) => at().statusOf(key),
    sweep: async () => at().sweep(),
    bulk: {
      ask: async (job) => at().bulk.ask(job),
      confirm: async (...job) => at().bulk.confirm(...job),
      cancel: async (...job) => at().bulk.cancel(...job),
    },
  };
  return switched;
}

export async function makeWorld(api: Api): Promise<World> {
  const roles = ['recordsClerk', 'customerService', 'serviceManager', 'deputyGeneralManager', 'generalManager', 'teamLeader', 'finance'];
  const clerk = await api.as('recordsClerk');
  const callers: Record<string, Caller> = {
    nobody: api.anybody,
    'bad token': api.anybody,
    outsider: await api.as('design'),
    stranger: await api.withPacks('stranger', { 's4-feedback': ['business', 'quality'] }),
    insider: await api.withPacks('insider', { 's3-cs19': roles, 's3-std': ['customerService'], 's2-cement': ['salesDepartment'] }),
    administrator: await api.withPacks('administrator', { redress: ['administrator'] }),
  };
  const theirs = await openRepair(api, {}, { summary: `漏水 ${findings}`, address: place, customerName: person, telephone });
  await step(api, theirs, 'customerService', 'survey', { ...surveyForm, findings: `墙内 ${findings}` });
  await (await api.as('serviceManager')).put(`/api/cases/${theirs}/drafts/estimate.approve`, { form: { reason: draft } });
  const link = await (await api.as('customerService')).post(`/api/cases/${theirs}/tracking-link`, { telephone });
  const file = await sendFile(clerk, `a letter ${findings}`, `${person}.txt`);
  await clerk.post(`/api/cases/${theirs}/attachments`, { file });
  const ours = await openRepair(api);
  const myFile = await sendFile(callers['insider']!, 'mine');
  const documentOf = async (number: string): Promise<string> =>
    String((await clerk.get(`/api/cases/${number}/events`)).body['items'][0].data.documentHash);
  const outside = {
    case: theirs,
    document: await documentOf(theirs),
    file,
    person: 'recordsClerk',
    key: randomUUID(),
    secret: String(link.body['secret'] ?? 'A'.repeat(43)),
  };
  const inside = { ...outside, case: ours, document: await documentOf(ours), file: myFile, person: 'insider' };
  const fixed = { uuid: randomUUID(), entry: 'KH-1' };

  const fill = (text: string, caller: string): string => {
    const values: Record<string, string> = { ...fixed, ...(caller === 'insider' ? inside : outside) };
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  };
  return {
    planted: [`/documents/${outside.document}`, '/attachments'].map((path) => `/api/cases/${theirs}${path}`),
    isOutside: (caller) => caller !== 'insider',
    ask: async ({ caller, method, url, headers, body }) => {
      const sent = caller === 'bad token' ? { authorization: `Bearer ${'A'.repeat(43)}`, ...headers } : headers;
      return callers[caller]!.send(
        method,
        fill(url, caller),
        typeof body === 'string' ? fill(body, caller) : body,
        Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, fill(value, caller)])),
      );
    },
  };
}
