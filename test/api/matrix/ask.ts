/** How a route is asked for the seeded thing and for one that is not there, and what somebody gets who may. */
import type { Relation } from '../../../api/access/relation.ts';
import type { Things } from './seed.ts';
import type { Who } from './who.ts';

/** Of an area of the table. How the file of a list is asked follows from the list, where nothing is said of it. */
export type Asks<R extends string> = Readonly<Record<Exclude<R, `${string}/export`>, Ask>> & Readonly<Partial<Record<R, Ask>>>;

/** How the file of a list is asked: as the list, all pages of it. */
export function askForFile({ url, absent, ...ask }: Ask): Ask {
  const file = (of: Ask['url']): Ask['url'] => {
    return (things) => {
      const [path, query = ''] = of(things).split('?');
      const kept = query.split('&').filter((one) => one !== '' && !one.startsWith('limit='));
      return `${path}/export${kept.length === 0 ? '' : `?${kept.join('&')}`}`;
    };
  };
  return { ...ask, url: file(url), ...(absent && { absent: file(absent) }) };
}

export interface Ask {
  readonly url: (things: Things) => string;
  /** The same of something that is not there; absent: the route names nothing. */
  readonly absent?: (things: Things) => string;
  readonly body?: unknown;
  /** A body that depends on who asks: whoever may act sends one that is not complete, so that nothing is changed. */
  readonly bodyOf?: (things: Things, may: boolean) => unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the body, where it is no JSON; then it goes out as it is. */
  readonly type?: string;
  /** Status, or code of a problem that shows that they were let through. */
  readonly through: readonly (number | string)[];
  /** What the answer holds for those who have this right (default: who see the case), and for nobody else. */
  readonly shows?: (things: Things) => string;
  readonly showsBy?: Relation | ((who: Who) => boolean);
  /** Rights that differ from what the relation usually means. */
  readonly may?: Partial<Record<Relation, (who: Who) => boolean>>;
}
