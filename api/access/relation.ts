/**
 * On what an answer depends beyond being signed in, and what somebody gets who lacks it. `absent`: 404, word for word as for what is
 * not there, so that nobody learns that it is. `refused`: 403, where that it is there is no secret to them. `left-out`: 200 without
 * those rows. `blank`: 200, the row without that part.
 */
export type Lacking = 'absent' | 'refused' | 'left-out' | 'blank';

interface Told {
  readonly lacking: Lacking;
  readonly zh: string;
  readonly en: string;
}

export const relations = {
  case: { lacking: 'absent', zh: '案件与其有关', en: 'the case concerns them' },
  'case-rows': { lacking: 'left-out', zh: '与其有关的案件', en: 'the rows of cases that concern them' },
  'case-named': { lacking: 'blank', zh: '所涉案件与其有关', en: 'the case that is named concerns them' },
  'case-role': { lacking: 'refused', zh: '案件制度包指定的岗位', en: 'a role that the pack of the case names for it' },
  step: {
    lacking: 'refused',
    zh: '由案件判断：环节的岗位、承办人、非拟稿人',
    en: 'the case judges: role of the step, holder, no contributor',
  },
  opener: { lacking: 'refused', zh: '可立此类案件的岗位', en: 'a role that opens such cases' },
  pack: { lacking: 'absent', zh: '在该制度包中有岗位', en: 'a role in the pack' },
  'pack-rows': { lacking: 'left-out', zh: '其有岗位的制度包', en: 'the packs in which they have a role' },
  versions: { lacking: 'absent', zh: '在该制度包或制度审批中有岗位', en: 'a role in the pack, or in the approval of packs' },
  register: { lacking: 'absent', zh: '登记表的查阅权', en: 'the register names a role of theirs to read it' },
  'register-rows': { lacking: 'left-out', zh: '其可查阅的登记表', en: 'the registers that they may read' },
  writer: { lacking: 'refused', zh: '登记表的登记权', en: 'the register names a role of theirs to write in it' },
  reviewer: { lacking: 'refused', zh: '登记、审核或批准权', en: 'the register names a role of theirs for the act' },
  account: {
    lacking: 'absent',
    zh: '可查阅该类账户的岗位，且范围包括其楼栋或网点',
    en: 'the ledger names a role of theirs for such accounts, held for the place of the account',
  },
  'account-rows': { lacking: 'left-out', zh: '其可查阅的账户', en: 'the accounts that they may see' },
  'account-role': { lacking: 'refused', zh: '可记该类账的岗位', en: 'the ledger names a role of theirs for the entry' },
  own: { lacking: 'absent', zh: '本人的', en: 'it is their own' },
  'own-rows': { lacking: 'left-out', zh: '本人的', en: 'their own rows' },
  session: { lacking: 'refused', zh: '以会话登录，而非令牌', en: 'signed in by a session, not by a token' },
  fresh: {
    lacking: 'refused',
    zh: '以会话登录，且五分钟内证明过是本人',
    en: 'signed in by a session, and shown to be there within the last five minutes',
  },
  file: {
    lacking: 'absent',
    zh: '本人上传，或可见其所附案件或登记',
    en: 'they sent it, or see a case or an entry to which it is attached',
  },
  job: { lacking: 'absent', zh: '本人提出，或统管该制度包案件的岗位', en: 'they asked for it, or oversee the cases of its pack' },
  'job-rows': { lacking: 'left-out', zh: '其可见的作业', en: 'the jobs that they may see' },
  'job-lead': { lacking: 'refused', zh: '本人提出', en: 'they asked for it' },
  rebaser: { lacking: 'refused', zh: '可使案件改按新规则的岗位', en: 'a role that the pack names for a change of rules' },
  auditor: { lacking: 'refused', zh: '服务评价的岗位', en: 'a role of the evaluation' },
  absence: { lacking: 'absent', zh: '本人的，或其协调的制度包人员的', en: 'their own, or of whom they coordinate' },
  'absence-rows': {
    lacking: 'left-out',
    zh: '本人的、所代理的、或其协调的制度包人员的',
    en: 'their own, those they stand in for, and of whom they coordinate',
  },
  coordinates: { lacking: 'refused', zh: '本人，或协调该制度包', en: 'for themselves, or as coordinator of the pack' },
  delegation: {
    lacking: 'absent',
    zh: '授权人、被授权人，或在该制度包中有岗位',
    en: 'from them, to them, or in a pack in which they have a role',
  },
  'delegation-rows': {
    lacking: 'left-out',
    zh: '本人授出、受领的，或其协调的制度包的',
    en: 'from them, to them, or of packs that they coordinate',
  },
  overseer: { lacking: 'refused', zh: '该制度包的协调员或总经理', en: 'a coordinator or the general manager of the pack' },
  'emergency-rows': {
    lacking: 'left-out',
    zh: '其可见案件中本人的，或其统管的',
    en: 'of cases that they see: their own, or of packs that they oversee',
  },
  'joint-act': {
    lacking: 'absent',
    zh: '系统管理员；该制度包岗位之事，其总经理亦可',
    en: 'an administrator, or of roles of a pack its general manager',
  },
  'joint-act-rows': {
    lacking: 'left-out',
    zh: '系统管理员；其任总经理的制度包的岗位之事',
    en: 'an administrator; else of roles of packs whose general manager they are',
  },
  link: { lacking: 'absent', zh: '跟踪链接及电话尾号', en: 'the secret of a tracking link and the end of the telephone' },
  proof: { lacking: 'refused', zh: '密码、一次性链接或身份提供方', en: 'a password, a one-time link or the provider' },
} as const satisfies Readonly<Record<string, Told>>;

export type Relation = keyof typeof relations;

/** What the answer to somebody who lacks it is. */
export const lackingOf = (relation: Relation): Lacking => relations[relation].lacking;
