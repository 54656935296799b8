/** Whatever was thrown, as a problem; what is not known becomes `internal` and says nothing of itself. */
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { isAway } from '../../db/database.ts';
import { SubjectErased } from '../../db/personal.ts';
import { FormError, KeyReused, NotActive, NotFound, NotTheirPlace, StoreAway } from '../../desk/types.ts';
import type { OwnCode } from './catalogue.ts';
import { formProblem, Problem } from './problem.ts';

/** Seconds after which asking again makes sense. */
const AGAIN = { 'Retry-After': '2' };

const byFastifyCode: Readonly<Record<string, OwnCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_HANDLER_TIMEOUT: 'timeout',
};

export function problemFrom(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof SubjectErased) return new Problem('erased');
  if (error instanceof FormError) return formProblem(error.problems);
  if (error instanceof KeyReused) return new Problem('key-reused');
  if (error instanceof NotTheirPlace) {
    return new Problem('wrong-role', {
      zh: '您的岗位只限其他楼盘或网点,不能受理此处的案件。请交由此处或全公司的岗位办理。',
      en: 'You hold the role for other estates or outlets only: hand it to whoever holds it here, or for all.',
    });
  }
  if (error instanceof NotActive) return new Problem('pack-not-active', { en: error.message });
  if (error instanceof NotFound) return new Problem('not-found');
  if (error instanceof StoreAway || isAway(error ?? {})) return new Problem('store-away', { headers: AGAIN });
  if (hasZodFastifySchemaValidationErrors(error)) return invalid(error.validation);
  const { code = '', statusCode = 500 } = (error ?? {}) as { code?: string; statusCode?: number };
  const known = byFastifyCode[code];
  if (known !== undefined) return new Problem(known);
  if (statusCode === 429) return new Problem('too-many-requests');
  return new Problem(statusCode >= 400 && statusCode < 500 ? 'bad-request' : 'internal');
}

/** What a schema says in English of a value: what bounds it in Chinese, and the words of a rule of our own as they are. */
function inChinese(keyword: string, { minimum, maximum, origin }: Record<string, unknown>, message: string): string {
  const unit = origin === 'string' ? '字' : origin === 'array' ? '项' : '';
  if (keyword === 'too_small') return minimum === 1 && unit !== '' ? '不能为空。' : `不得少于${String(minimum)}${unit}。`;
  if (keyword === 'too_big') return `不得多于${String(maximum)}${unit}。`;
  if (keyword === 'invalid_type') return '缺少此项,或类型不对。';
  return `不符合要求:${message}`;
}

function invalid(
  validation: readonly { instancePath: string; message?: string; keyword: string; params: Record<string, unknown> }[],
): Problem {
  const errors = validation.map(({ instancePath, message = '', keyword, params }) => {
    const unknown = keyword === 'unrecognized_keys' ? (params['keys'] as string[] | undefined) : undefined;
    const en = unknown === undefined ? message : `unknown: ${unknown.join(', ')}`;
    const zh = unknown === undefined ? inChinese(keyword, params, message) : `没有这些字段:${unknown.join('、')}`;
    return { path: instancePath.slice(1).replaceAll('/', '.'), zh, en };
  });
  return new Problem('bad-request', { errors });
}
