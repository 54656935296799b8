/** Every operation of the API, from its own document and, for what the document leaves out, from the table of access. */
import { access } from '../../../../api/access.ts';
import { loadPack, listPacks } from '../../../../packs/load.ts';
import { loadRegisters } from '../../../../packs/registers/load.ts';
import type { Operation } from './request.ts';
import type { Known, Schema } from './schema.ts';

interface Documented {
  readonly parameters?: Operation['parameters'];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
}

export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Documented>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** They read a multipart body, which their schema does not tell. */
const UPLOADS = ['/api/files', '/api/public/tracking/photos'];

export function operationsOf(document: ApiDocument): Operation[] {
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]): Operation => {
      const [type = 'application/json', content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
      const isUpload = UPLOADS.includes(path) && method === 'post';
      return { method: method.toUpperCase(), path, parameters, body: content?.schema, type: isUpload ? 'multipart/form-data' : type };
    }),
  );
  const known = new Set(documented.map(({ method, path }) => `${method} ${path}`));
  const rest = Object.keys(access)
    .map((key) => key.replaceAll(/:(\w+)/g, '{$1}'))
    .filter((key) => !known.has(key))
    .map((key): Operation => {
      const [method = 'GET', path = '/'] = key.split(' ');
      return { method, path: path.replace('*', '{page}'), parameters: [], body: undefined, type: 'application/json' };
    });
  return [...documented, ...rest];
}

/** What the product's own packs and registers call things, and what the run made, by placeholder. */
export function knownOf(document: ApiDocument): Known {
  const packs = listPacks().map((id) => loadPack(id));
  const registers = [...loadRegisters().values()];
  const forms = packs.flatMap(({ forms: all }) => Object.values(all));
  const steps = [...new Set(packs.flatMap(({ steps: all }) => Object.keys(all)))];
  return {
    schemas: document.components.schemas,
    fields: [...new Set([...forms, ...registers].flatMap(({ fields }) => fields.map(({ name }) => name)))],
    words: {
      number: ['{case}'],
      case: ['{case}'],
      original: ['{case}'],
      hash: ['{document}', '{file}'],
      files: [['{file}']],
      id: ['{entry}', '{person}', '{uuid}', '1', 's3-cs19', 'cn', 'current', 'fund:repair'],
      attachment: ['{uuid}'],
      person: ['{person}'],
      substitute: ['{person}'],
      pack: ['s3-cs19', 's4-feedback', 's3-std'],
      kind: ['repair', 'other', 'feedback', 'complaint'],
      role: ['recordsClerk', 'customerService', 'generalManager', 'design'],
      step: ['survey', 'route', 'estimate', 'estimate.approve', 'completion', 'followUp', 'settlement', ...steps.slice(0, 20)],
      clock: ['survey#1', 'caseClosure#1', 'survey'],
      register: registers.map(({ id }) => id),
      act: ['submit', 'review', 'approve', 'reject', 'withdraw', 'correct'],
      view: ['cases', 'tasks', 'funds', 'settlements'],
      print: ['dossier', 'intake', 'survey', 'complaintForm'],
      version: ['1.0.0', '1.2.0'],
      year: ['2026', '2027', '0000', '9999'],
      key: ['{key}', 'the-same-for-everybody'],
      secret: ['{secret}'],
      tail: ['0000', '1234'],
      'x-tracking-secret': ['{secret}'],
      'x-telephone-tail': ['0000'],
      page: ['static/index.html', 'json', 'static/../../package.json', 'static/..%2f..%2fpackage.json'],
      form: [
        { channel: 'hotline', summary: '漏水' },
        { trades: 'single', estimate: '800.00', responsible: 'company' },
        { decision: 'approve', version: 1 },
      ],
      occurredAt: ['2026-05-01 10:00', '2126-05-01 10:00', '1970-01-01 08:00'],
    },
  };
}
