/**
 * Every problem this API answers with, by stable code; `type` is `/problems/<code>`. Refusals of a case come from
 * `domain/errors.ts`, the rest is the door's own.
 */
import { isRefusalCode, refusals, type RefusalCode } from '../../domain/errors.ts';

const own = {
  'bad-request': { status: 400, zh: '请求有误。', en: 'The request is not right.' },
  'bad-json': { status: 400, zh: '请求正文有误。', en: 'The body is not right.' },
  'bad-cursor': { status: 400, zh: '翻页标记无效。', en: 'The cursor is not one of this list.' },
  'key-missing': {
    status: 400,
    zh: '缺少 Idempotency-Key 请求头(1至200个可见ASCII字符)。',
    en: 'The Idempotency-Key header (1 to 200 visible ASCII characters) is missing or not right.',
  },
  'not-signed-in': { status: 401, zh: '未登录或令牌无效。', en: 'You are not signed in, or the token is not valid.' },
  'sign-in-failed': {
    status: 401,
    zh: '人员编号或密码不对;连续错误会暂时锁定。',
    en: 'The person or the password is not right; after several wrong ones the account is locked for a while.',
  },
  'bad-table': { status: 422, zh: '文件不能导入。', en: 'The file cannot be imported.' },
  'entry-taken': { status: 409, zh: '已有相同的登记。', en: 'There is such an entry already.' },
  'key-unusable': { status: 409, zh: '此编号不能使用。', en: 'This key cannot be used.' },
  'entry-stale': { status: 412, zh: '此登记已被他人修改,请重新查看。', en: 'Somebody has changed the entry meanwhile; look at it again.' },
  'version-missing': {
    status: 428,
    zh: '修改须注明所依据的版本:If-Match: "<版本>"。',
    en: 'A change names the version it is based on: If-Match: "<version>".',
  },
  'act-out-of-order': { status: 409, zh: '此登记当前不能办理该环节。', en: 'The entry is not where that could be done.' },
  'joint-act-void': {
    status: 409,
    zh: '不能再确认:已过期限,或所依据的情况已变;请重新提出。',
    en: 'It cannot be confirmed any more: its time is over, or what it rests on has changed. Ask anew.',
  },
  'erasure-held': { status: 409, zh: '有案件尚不能删除。', en: 'A case stands in the way of the erasure.' },
  'erasure-changed': { status: 409, zh: '所涉内容已有变化,请重新查看。', en: 'What would be erased has changed; look at the plan again.' },
  erased: { status: 410, zh: '所涉个人信息已删除,不再受理。', en: 'What is personal here was erased; nothing more is kept of it.' },
  'not-taken-online': {
    status: 409,
    zh: '目前不受理此类网上登记,请与我们联系。',
    en: 'This is not taken online at the moment; please contact us.',
  },
  'person-taken': { status: 409, zh: '已有此人员编号。', en: 'There is somebody of that id already.' },
  'own-roles': {
    status: 403,
    zh: '不得给自己分配岗位,请由其他管理员办理。',
    en: 'Nobody gives roles to themselves; ask another administrator.',
  },
  'bad-password': { status: 422, zh: '密码不符合要求。', en: 'The password is not taken.' },
  'link-used': { status: 404, zh: '此链接无效、已用过或已过期。', en: 'This link is not valid, has been used or has ended.' },
  'oidc-off': {
    status: 404,
    zh: '未启用统一身份登录;请用密码登录,或由管理员设置 REDRESS_OIDC_ISSUER。',
    en: 'Sign-in by a provider is not set up: use a password, or have REDRESS_OIDC_ISSUER set.',
  },
  'oidc-failed': {
    status: 401,
    zh: '统一身份登录未成功,可能已过期、已用过或不是由此浏览器发起;请重新登录(GET /api/oidc/login)。',
    en: 'The sign-in did not come through: it has ended, was used, or another browser began it. Begin again (GET /api/oidc/login).',
  },
  'oidc-away': {
    status: 503,
    zh: '身份提供方暂时没有应答;请稍后重试,或用密码登录。',
    en: 'The provider of identities does not answer; try again shortly, or use a password.',
  },
  'identity-unknown': {
    status: 403,
    zh: '此身份未关联本系统人员;请系统管理员关联。',
    en: 'Nobody here is linked to this identity; ask an administrator to link it.',
  },
  'identity-taken': {
    status: 409,
    zh: '此身份已关联其他人员;请先由管理员解除关联。',
    en: 'This identity is linked to somebody else; an administrator must part it from them first.',
  },
  'fresh-sign-in': {
    status: 403,
    zh: '此事须由五分钟内登录过的本人办理。',
    en: 'This is done by somebody who has signed in within the last five minutes.',
  },
  'foreign-origin': { status: 403, zh: '请求并非来自本系统页面。', en: 'The request does not come from a page of ours.' },
  'not-allowed': { status: 403, zh: '无权访问。', en: 'You may not do this.' },
  'not-found': { status: 404, zh: '没有此内容。', en: 'There is no such thing.' },
  'method-not-allowed': { status: 405, zh: '此地址不支持该方法。', en: 'This address does not take that method.' },
  'bad-pack': { status: 422, zh: '制度包有误,未予保存。', en: 'The pack is not in order; nothing of it was stored.' },
  'not-carried-out': {
    status: 409,
    zh: '此类案件的程序尚未实现,不能受理。',
    en: 'No procedure carries out this kind of case, so none can be opened.',
  },
  'bad-calendar': { status: 422, zh: '日历文件有误,未予保存。', en: 'The calendar file is not in order; nothing of it was stored.' },
  'version-taken': {
    status: 409,
    zh: '此版本号已有内容,请用新的版本号。',
    en: 'This version exists already; give the pack a new version.',
  },
  'proposal-open': { status: 409, zh: '该制度包已有待批的草案。', en: 'A proposal of this pack is open already.' },
  'last-governance': {
    status: 409,
    zh: '撤回后将没有可用于审批制度包的版本。',
    en: 'Without this version no pack could be approved any more.',
  },
  'bad-delegation': { status: 422, zh: '授权登记有误。', en: 'The delegation is not right.' },
  'bad-emergency': { status: 422, zh: '应急授权有误。', en: 'The emergency grant is not right.' },
  'emergency-done': { status: 409, zh: '此应急授权已由他人办理。', en: 'Somebody has done that to this emergency grant already.' },
  'bad-absence': { status: 422, zh: '缺勤登记有误。', en: 'The absence is not right.' },
  'absence-overlaps': {
    status: 409,
    zh: '该人员在同一范围内已有缺勤登记。',
    en: 'The person is absent in that scope and time already.',
  },
  'file-refused': { status: 415, zh: '不接受此文件。', en: 'This file is not taken.' },
  'file-too-large': { status: 413, zh: '文件过大。', en: 'The file is too large.' },
  'too-many-files': { status: 413, zh: '文件过多。', en: 'Too many files at once.' },
  'file-unknown': {
    status: 422,
    zh: '没有此文件;请先上传(POST /api/files)。',
    en: 'There is no such file; send it first (POST /api/files).',
  },
  'entry-has-case': { status: 409, zh: '此登记已转为案件。', en: 'A case was opened from this entry already.' },
  'telephone-missing': {
    status: 422,
    zh: '没有至少四位的电话号码:请填写 telephone。',
    en: 'There is no telephone number of four digits at least: say `telephone`.',
  },
  'attachment-of-form': {
    status: 409,
    zh: '此文件属于已填报的单据,不能单独撤回;请填报更正的单据。',
    en: 'The file belongs to a filed form and cannot be withdrawn by itself; file a corrected form.',
  },
  'bad-ledger': { status: 422, zh: '账户登记有误。', en: 'What was entered for the account is not right.' },
  overdraft: { status: 409, zh: '账户余额不足。', en: 'There is not enough left on the account.' },
  'account-taken': { status: 409, zh: '已有此账户。', en: 'There is such an account already.' },
  'audit-issued': { status: 409, zh: '该审核已出具,不再更改。', en: 'The audit is issued and does not change any more.' },
  'audit-open': { status: 409, zh: '尚有指标未评分。', en: 'Some indicators have no mark yet.' },
  'mark-refused': {
    status: 422,
    zh: '此评分不成立:无证据不得分;分值须在该指标范围内;不适用项不计分。',
    en: 'The mark is not taken: no evidence, no points; points within those of the indicator; none where it is not applicable.',
  },
  'not-yet': {
    status: 409,
    zh: '记录尚未到所要求的位置(min_seq),请稍后再试。',
    en: 'The record is not as far as asked for (min_seq); ask again shortly.',
  },
  'not-acceptable': { status: 406, zh: '须接受 text/event-stream。', en: 'The client must accept text/event-stream.' },
  'body-too-large': { status: 413, zh: '请求正文过大。', en: 'The body is too large.' },
  'unsupported-media-type': { status: 415, zh: '正文须为 application/json。', en: 'The body must be application/json.' },
  'too-many-requests': { status: 429, zh: '请求过于频繁。', en: 'Too many requests.' },
  internal: { status: 500, zh: '系统内部错误。', en: 'Something went wrong inside.' },
  'store-away': { status: 503, zh: '数据库暂时不可用,未作任何更改。', en: 'The database does not answer; nothing has happened.' },
  overloaded: { status: 503, zh: '系统繁忙,请稍后重试。', en: 'Too busy; try again shortly.' },
  timeout: {
    status: 503,
    zh: '处理超时,结果未知,可用同一 Idempotency-Key 重试。',
    en: 'It took too long and the result is unknown; ask again with the same Idempotency-Key.',
  },
} as const satisfies Record<string, { status: number; zh: string; en: string }>;

export type OwnCode = keyof typeof own;
export type ProblemCode = OwnCode | RefusalCode;

export interface Wording {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
}

/** Status and title of a code. */
export function wordingOf(code: ProblemCode): Wording {
  return isRefusalCode(code) ? refusals[code] : own[code];
}

export const problemCodes: readonly ProblemCode[] = [...Object.keys(own), ...Object.keys(refusals)] as ProblemCode[];
