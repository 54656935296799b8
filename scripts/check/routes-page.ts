/** The table of docs/routes.md: every route with its callers, on what the answer depends, and what others get. */
import { access } from '../../api/access.ts';
import { relations, type Lacking } from '../../api/access/relation.ts';
import type { Caller, Rule } from '../../api/access/rule.ts';

const MARK = '<!-- What follows is made from api/access: npm run redress -- openapi --write -->';

const others: Readonly<Record<Caller, string>> = {
  public: '–',
  loopback: '403',
  'signed-in': '401',
  'judged-by-case': '401',
  administrator: '401, 403',
};
const lacking: Readonly<Record<Lacking, string>> = {
  absent: '404 as if absent',
  refused: '403',
  'left-out': '200 without the rows',
  blank: '200, that part blank',
};

interface Operation {
  readonly summary?: string;
}

/** The page with its table made anew; what a person wrote above the mark stays. @param document of the API, for the summaries */
export function routesPage(page: string, document: string): string {
  const { paths } = JSON.parse(document) as { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };
  const summary = (route: string): string => {
    const [method = '', url = ''] = route.split(' ');
    return paths[url.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]?.summary ?? '';
  };
  const head = page.split(MARK)[0]?.trimEnd() ?? '';
  const rules: [string, Rule][] = Object.entries(access);
  const rows = rules.map(([route, [caller, ...on]]) => {
    const depends = on.map((one) => `\`${one}\``).join(', then ');
    const answers = [others[caller], ...on.map((one) => lacking[relations[one].lacking])];
    return `| \`${route}\` | ${summary(route)} | ${caller} | ${depends} | ${[...new Set(answers)].join('; ')} |`;
  });
  const words = Object.entries(relations).map(([name, { lacking: get, en, zh }]) => `| \`${name}\` | ${en} | ${zh} | ${lacking[get]} |`);
  return [
    head,
    '',
    MARK,
    '',
    '## Relations',
    '',
    '| | the answer depends on | 依据 | who lacks it gets |',
    '| --- | --- | --- | --- |',
    ...words,
    '',
    `## Routes (${rules.length})`,
    '',
    '| route | what it does | callers | depends on | others get |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
