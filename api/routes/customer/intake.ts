/** Public intake: GET /api/public/intake, POST /api/public/cases */
import { z } from 'zod';
import { CUSTOMER_WEB, tailOf, type CustomerSide, type Intake } from '../../../domain/customer/side.ts';
import { formOf, type Pack } from '../../../domain/pack.ts';
import { NotActive, NotFound, ownKey } from '../../../desk/index.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { keyOf } from '../../http/idempotency.ts';
import { addressOf } from '../../http/caller-address.ts';
import { makeTrackingLink, pageOf } from '../../http/tracking.ts';
import { Problem, type FieldProblem } from '../../problems/problem.ts';
import { packId } from '../../schemas/common.ts';
import { intakeReceipt, intakes } from '../../schemas/customer.ts';
import { idempotent } from '../../schemas/requests.ts';
import { hashSecret } from '../../sign-in/secret.ts';
import { iso } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

/** Characters of one text that a stranger sends. */
const MAX_TEXT = 2_000;
/** Cases of one address in an hour. */
const PER_HOUR = 20;

const what: Described = {
  id: 'listIntakes',
  tag: 'customer',
  public: true,
  summary: 'What customers may report without signing in, and what they fill in',
};
const open: Described = {
  id: 'reportAsCustomer',
  tag: 'customer',
  public: true,
  summary: 'Report a complaint or a repair without signing in',
  description: `The answer holds the number and the tracking link, told this once. The same key with the same body finds the same case again and gives a new link in place of the one before. ${PER_HOUR} cases an hour of one address.`,
  problems: [
    'key-missing',
    'bad-json',
    'not-found',
    'not-taken-online',
    'erased',
    'bad-facts',
    'key-reused',
    'body-too-large',
    'unsupported-media-type',
  ],
};
const body = z.strictObject({
  pack: packId,
  kind: z.string().max(64),
  form: z.record(z.string().max(64), z.unknown()).describe('Fields of `GET /api/public/intake`'),
});

export const intakeRoutes: Routes = async (app, { db, desk, rules, clock, config, customers }) => {
  app.get('/api/public/intake', { schema: { ...about(what), response: { 200: intakes, ...problemsOf(what) } } }, async () => {
    const items = await Promise.all([...customers].map(async ([id, side]) => intakeView(side, await packNow(id))));
    return { items: items.flat() };
  });

  app.post(
    '/api/public/cases',
    {
      bodyLimit: 32_000,
      config: { rateLimit: { max: config.publicCasesPerHour ?? PER_HOUR, timeWindow: '1 hour', keyGenerator: addressOf } },
      schema: { ...about(open), headers: idempotent, body, response: { 201: intakeReceipt, 202: intakeReceipt, ...problemsOf(open) } },
    },
    async (request, reply) => {
      const key = ownKey('customer-web', hashSecret(keyOf(request)));
      const { pack: id, kind, form } = request.body;
      const side = customers.get(id);
      const intake = side?.intake;
      if (side === undefined || intake === undefined || !intake.kinds.includes(kind)) throw new Problem('not-found');
      const tail = checkForm(side, intake, form);
      const who = { person: CUSTOMER_WEB, roles: [side.role] };
      const said = await desk.open({ key, who, pack: id, kind, form: { ...form, ...intake.fill } }).catch((error: unknown) => {
        throw error instanceof NotActive || error instanceof NotFound ? new Problem('not-taken-online') : error;
      });
      app.metrics.outcomes.inc({ outcome: said.status, code: said.status === 'refused' ? said.code : '' });
      // Why it may not be opened now is our affair.
      if (said.status === 'refused') throw new Problem(said.code === 'key-reused' ? said.code : 'not-taken-online');
      const link = await makeTrackingLink({ db, clock }, { number: said.number, tail, by: CUSTOMER_WEB, key });
      void reply.code(said.status === 'decided' ? 201 : 202);
      const { secret, endsAt } = link;
      return {
        status: said.status,
        number: said.number,
        link: { id: link.id, secret, page: pageOf(config.publicUrl, secret), endsAt: iso(endsAt) },
      };
    },
  );

  async function packNow(id: string): Promise<Pack | undefined> {
    try {
      return (await rules.active(id, clock())).pack;
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  }
};

/** The tail of the telephone. @throws Problem bad-facts with every field that a customer may not fill in, or has to and has not */
function checkForm(side: CustomerSide, intake: Intake, form: Readonly<Record<string, unknown>>): string {
  const errors: FieldProblem[] = [];
  for (const [path, value] of Object.entries(form)) {
    if (!intake.fields.includes(path)) errors.push({ path, zh: '没有此栏。', en: 'There is no such field.' });
    else if (JSON.stringify(value ?? null).length > MAX_TEXT * 2 || (typeof value === 'string' && value.length > MAX_TEXT))
      errors.push({ path, zh: `至多${MAX_TEXT}字。`, en: `At most ${MAX_TEXT} characters.` });
  }
  for (const path of intake.required) {
    const value = Object.hasOwn(form, path) ? form[path] : undefined;
    if (value === undefined || value === null || (typeof value === 'string' && value.trim() === ''))
      errors.push({ path, zh: '必填。', en: 'must be filled.' });
  }
  const given = Object.hasOwn(form, side.telephone) ? form[side.telephone] : undefined;
  const tail = tailOf(given);
  if (tail === undefined)
    errors.push({ path: side.telephone, zh: '请填写电话(至少四位数字)。', en: 'A telephone number of four digits at least is needed.' });
  if (errors.length > 0 || tail === undefined) throw new Problem('bad-facts', { errors });
  return tail;
}

function intakeView({ intake, telephone }: CustomerSide, pack: Pack | undefined) {
  if (intake === undefined || pack === undefined) return [];
  return intake.kinds.flatMap((kind) => {
    const named = pack.kinds[kind];
    if (named === undefined) return [];
    const fields = (formOf(pack, 'open', kind)?.fields ?? [])
      .filter(({ name }) => intake.fields.includes(name))
      .map(({ name, zh, en, type, required, optionLabels }) => ({
        name,
        zh,
        en,
        type,
        required: required === true || name === telephone || intake.required.includes(name),
        options: Object.entries(optionLabels ?? {}).map(([value, label]) => ({ value, zh: label.zh, en: label.en })),
      }));
    return [{ pack: pack.id, title: pack.title, kind, zh: named.zh, en: named.en, fields }];
  });
}
