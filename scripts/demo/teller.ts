/** Tells stories through the HTTP API, each person with their own token. */
import { setTimeout as pause } from 'node:timers/promises';
import { isoBeijing } from '../../domain/time.ts';
import type { DemoLogin } from './logins.ts';
import type { Hours, Story } from './story.ts';

const HOUR_MS = 3_600_000;
/** How long a request may be on its way before the telling gives up. */
const DECIDED_WITHIN_MS = 60_000;

interface Receipt {
  readonly status: 'decided' | 'received' | 'refused';
  readonly number: string;
  readonly code?: string;
}

export class Teller {
  private readonly apiUrl: string;
  private readonly logins: readonly DemoLogin[];

  constructor(apiUrl: string, logins: readonly DemoLogin[]) {
    this.apiUrl = apiUrl;
    this.logins = logins;
  }

  /** Tells what of a story is not told yet; the same `base` gives the same requests. Returns the case's number. */
  async tell(story: Story, base: number): Promise<string> {
    const openedAt = base - Math.round(story.ago * HOUR_MS);
    const opening = { pack: story.pack, kind: story.kind, occurredAt: isoBeijing(openedAt), form: story.intake };
    const number = await this.say('recordsClerk', undefined, '/api/cases', keyOf(story, 0), opening);
    for (const [i, { after, by, as, step, form }] of story.sayings.entries()) {
      const at = (hours: Hours): string => isoBeijing(openedAt + Math.round(hours * HOUR_MS));
      const body = { occurredAt: at(after), form: typeof form === 'function' ? form(at) : form };
      await this.say(by, as, `/api/cases/${number}/steps/${step}`, keyOf(story, i + 1), body);
    }
    return number;
  }

  /** Whether a story was told to its end before; undefined = not even begun. */
  async told(story: Story): Promise<boolean | undefined> {
    if (await this.isDecided(story, story.sayings.length)) return true;
    return (await this.isDecided(story, 0)) ? false : undefined;
  }

  private async isDecided(story: Story, i: number): Promise<boolean> {
    const { by = 'recordsClerk', as } = (i === 0 ? undefined : story.sayings[i - 1]) ?? {};
    const response = await this.send('GET', by, as, `/api/requests/${keyOf(story, i)}`);
    return response.ok && ((await response.json()) as Receipt).status === 'decided';
  }

  private async say(role: string, as: string | undefined, path: string, key: string, body: unknown): Promise<string> {
    const response = await this.send('POST', role, as, path, { key, body });
    const answer = (await response.json()) as Receipt;
    if (!response.ok) throw new Error(`${key}: ${path} answered ${response.status} ${answer.code ?? ''}`);
    if (answer.status === 'received') await this.decided(role, as, key);
    return answer.number;
  }

  private async decided(role: string, as: string | undefined, key: string): Promise<void> {
    for (const end = Date.now() + DECIDED_WITHIN_MS; Date.now() < end; await pause(500)) {
      const response = await this.send('GET', role, as, `/api/requests/${key}`);
      const { status, code = '' } = (await response.json()) as Receipt;
      if (status === 'decided') return;
      if (status === 'refused') throw new Error(`${key}: refused, ${code}`);
    }
    throw new Error(`${key}: not decided yet; the next start goes on from here`);
  }

  private send(
    method: 'GET' | 'POST',
    role: string,
    as: string | undefined,
    path: string,
    post?: { key: string; body: unknown },
  ): Promise<Response> {
    const login = this.logins.find((l) => (as === undefined ? l.roles.includes(role) : l.person === as));
    if (login === undefined) throw new Error(`nobody of the demo company is ${as ?? role}`);
    const headers = {
      authorization: `Bearer ${login.token}`,
      ...(post === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': post.key }),
    };
    return fetch(`${this.apiUrl}${path}`, { method, headers, ...(post === undefined ? {} : { body: JSON.stringify(post.body) }) });
  }
}

const keyOf = (story: Story, i: number): string => `demo.${story.name}.${i}`;
