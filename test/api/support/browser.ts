/** A browser as far as signing in needs one: cookies by origin and path, redirects, forms. What goes to our origin is given to the app. */
import type { FastifyInstance } from 'fastify';

interface Kept {
  readonly name: string;
  readonly path: string;
  readonly value: string;
}

export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly location: string | undefined;
  readonly text: string;
}

export class Browser {
  readonly #jars = new Map<string, Kept[]>();
  readonly #app: FastifyInstance;
  readonly #ours: string;
  /** @param ours origin that the app stands for */
  constructor(app: FastifyInstance, ours: string) {
    this.#app = app;
    this.#ours = ours;
  }

  /** One request; a redirect is not followed. A body is sent as a form, to our origin as JSON. */
  async ask(address: string | URL, body?: Readonly<Record<string, unknown>>): Promise<Page> {
    const url = new URL(address, this.#ours);
    const cookie = (this.#jars.get(url.origin) ?? [])
      .filter(({ path }) => url.pathname.startsWith(path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const { status, headers, text } = await (url.origin === this.#ours ? this.#ourOwn(url, cookie, body) : theirs(url, cookie, body));
    this.#keep(url, headers.getSetCookie());
    return { url, status, text, location: headers.get('location') ?? undefined };
  }

  /** Follows redirects until something is shown, our own path of `until` is reached, or twenty were followed. */
  async go(address: string | URL, until?: string): Promise<Page> {
    let page = await this.ask(address);
    for (let hops = 0; page.location !== undefined && hops < 20; hops += 1) {
      const next = new URL(page.location, page.url);
      if (next.origin === this.#ours && (until === undefined || next.pathname === until)) return page;
      page = await this.ask(next);
    }
    return page;
  }

  /** Sends the page's form with these fields, hidden ones as they are; then as `go`. */
  async fill(page: Page, fields: Readonly<Record<string, string>>, until?: string): Promise<Page> {
    const action = /action="([^"]+)"/.exec(page.text)?.[1];
    if (action === undefined) throw new Error(`There is no form: ${page.status} ${page.text.slice(0, 300)}`);
    const hidden = [...page.text.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]);
    const sent = await this.ask(new URL(action, page.url), { ...Object.fromEntries(hidden), ...fields });
    if (sent.location === undefined) return sent;
    const next = new URL(sent.location, sent.url);
    return next.origin === this.#ours && next.pathname === until ? sent : this.go(next, until);
  }

  /** Value of a cookie of ours. */
  cookie(name: string): string | undefined {
    return this.#jars.get(this.#ours)?.find((one) => one.name === name)?.value;
  }

  #keep(url: URL, lines: readonly string[]): void {
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const path = /;\s*path=([^;]+)/i.exec(line)?.[1] ?? '/';
      const gone = /max-age=0|expires=thu, 01 jan 1970/i.test(line);
      const others = (this.#jars.get(url.origin) ?? []).filter((one) => one.name !== name || one.path !== path);
      this.#jars.set(url.origin, gone ? others : [...others, { name, path, value }]);
    }
  }

  async #ourOwn(url: URL, cookie: string, body: unknown): Promise<{ status: number; headers: Headers; text: string }> {
    const answer = await this.#app.inject({
      method: body === undefined ? 'GET' : 'POST',
      url: url.pathname + url.search,
      headers: { cookie, origin: this.#ours, 'accept-language': 'en', 'idempotency-key': crypto.randomUUID() },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const headers = new Headers();
    for (const [name, value] of Object.entries(answer.headers)) for (const one of [value].flat()) headers.append(name, String(one));
    return { status: answer.statusCode, headers, text: answer.body };
  }
}

async function theirs(url: URL, cookie: string, body?: Readonly<Record<string, unknown>>) {
  const answer = await fetch(url, {
    redirect: 'manual',
    headers: { cookie, accept: 'text/html' },
    ...(body === undefined ? {} : { method: 'POST', body: new URLSearchParams(body as Record<string, string>) }),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
