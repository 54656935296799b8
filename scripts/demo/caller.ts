/** Speaks to the API as one of the demo people. */
import type { Login } from './people.ts';

export interface Caller {
  /** Opens a case; returns its number. The key is the case's own name, so that a second start adds nothing. */
  open(name: string, as: string, body: { pack: string; kind: string; occurredAt: string; form: object }): Promise<string>;
  submit(name: string, as: string, number: string, step: string, form: object, occurredAt: string): Promise<void>;
}

/** @throws when the API refuses: a demo that does not fit the procedure is a mistake of the demo. */
export function callerOf(apiUrl: string, logins: readonly Login[]): Caller {
  const tokens = new Map(logins.map(({ person, token }) => [person, token]));
  const post = async (path: string, as: string, key: string, body: object): Promise<{ number: string }> => {
    const answer = await fetch(`${apiUrl}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.get(as) ?? ''}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    });
    const said = (await answer.json()) as { number: string; detail?: string; title?: string };
    if (!answer.ok) throw new Error(`${key}: ${answer.status} ${said.title ?? ''} ${said.detail ?? ''}`);
    return said;
  };
  return {
    open: async (name, as, body) => (await post('/api/cases', as, `demo/${name}/open`, body)).number,
    submit: async (name, as, number, step, form, occurredAt) => {
      await post(`/api/cases/${number}/steps/${step}`, as, `demo/${name}/${step}/${as}/${occurredAt}`, { form, occurredAt });
    },
  };
}
