/** How to work a procedure through the API: how a case is opened, and each step with who answers it and what is filled in. */
import type { PackDescription } from '../packs/describe.ts';

type Step = PackDescription['steps'][number];
type Field = Step['fields'][number];

/** Lines of Markdown. */
export function handbookOf(pack: PackDescription): string[] {
  const opening = pack.steps.find((step) => step.step === 'open');
  return [
    `# ${pack.title.zh} (${pack.id})`,
    '',
    `${pack.title.en}. Source: ${pack.source}. This page is written by \`redress trace --write\`; what a company sets for itself stands in`,
    `\`packs/${pack.id}/pack.yaml\`, and \`redress pack describe ${pack.id}\` prints it whole.`,
    '',
    '## Opening a case',
    '',
    '| kind | | procedure |',
    '| --- | --- | --- |',
    ...pack.kinds.map((kind) => `| \`${kind.kind}\` | ${kind.zh}, ${kind.en} | \`${kind.workflow}\` |`),
    '',
    ...(opening === undefined ? [] : openingExample(pack, opening)),
    '## Working a case',
    '',
    `Each step is \`POST /api/cases/<number>/steps/<step>\` with \`{ "form": … }\`; \`GET /api/cases/<number>/next\` says which are open. A star marks what must`,
    'be filled in. Wording and personal data stay in the document; the case itself is told only what it decides by.',
    '',
    '| step | | who | form | limit | clause |',
    '| --- | --- | --- | --- | --- | --- |',
    ...pack.steps.map(
      (step) =>
        `| \`${step.step}\` | ${step.zh} | ${step.by.map((role) => `\`${role}\``).join(' ')} | ${step.fields.map(sayField).join('; ')} | ${step.limit === undefined ? '' : `\`${step.limit}\``} | ${step.clause} |`,
    ),
    '',
    '## Limits',
    '',
    '| limit | | rule | hard or soft | clause |',
    '| --- | --- | --- | --- | --- |',
    ...pack.limits.map((limit) => `| \`${limit.name}\` | ${limit.zh} | ${limit.rule} | ${limit.hardness} | ${limit.clause} |`),
    '',
    ...chains(pack),
  ];
}

function openingExample(pack: PackDescription, step: Step): string[] {
  const form = Object.fromEntries(step.fields.filter((field) => field.required).map((field) => [field.name, example(field)]));
  const body = { pack: pack.id, kind: pack.kinds[0]?.kind ?? '', form };
  return [
    '```sh',
    `curl -sS "$REDRESS/api/cases" -H "Authorization: Bearer $TOKEN" -H "Idempotency-Key: $(uuidgen)" \\`,
    `  -H 'Content-Type: application/json' -d '${JSON.stringify(body)}'`,
    '```',
    '',
  ];
}

function sayField(field: Field): string {
  const options = field.options === undefined ? '' : ` (${field.options.join(', ')})`;
  return `${field.name}${field.required ? '*' : ''}: ${field.type}${options}`;
}

function example(field: Field): unknown {
  switch (field.type) {
    case 'choice':
      return field.options?.[0] ?? '';
    case 'choices':
      return field.options?.slice(0, 1) ?? [];
    case 'boolean':
      return true;
    case 'money':
      return '800.00';
    case 'integer':
      return 1;
    case 'instant':
      return '2026-03-09T09:20:00+08:00';
    case 'roles':
      return [];
    case 'ids':
      return ['A-1'];
    case 'files':
      return [];
    default:
      return field.zh;
  }
}

function chains({ tiers }: PackDescription): string[] {
  if (tiers.length === 0) return [];
  return [
    '## Who approves which amount',
    '',
    '| table | up to (yuan) | chain | clause |',
    '| --- | --- | --- | --- |',
    ...tiers.flatMap(({ table, rows }) =>
      rows.map(
        (row) =>
          `| \`${table}\` | ${row.upTo ?? 'no bound'} | ${row.chain.map((link) => `${link.act} \`${link.role}\``).join(', then ')} | ${row.clause} |`,
      ),
    ),
    '',
  ];
}
