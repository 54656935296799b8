/**
 * Every refusal a person can meet, by stable code. Workflow, desk, API and lab use the same codes; the HTTP status
 * stands beside each so that no layer invents its own mapping.
 */
export const refusals = {
  'wrong-role': { status: 403, zh: '您的岗位无权办理此环节。', en: 'Your role may not do this step.' },
  'contributor-cannot-approve': { status: 403, zh: '编制人不得审批自己编制的内容。', en: 'Whoever drew it up may not approve it.' },
  'reviewer-cannot-approve': {
    status: 403,
    zh: '审核人不得再批准同一内容,须由他人批准。',
    en: 'Whoever reviewed it may not approve it as well; somebody else has to.',
  },
  'beyond-delegation': {
    status: 403,
    zh: '金额超过授权上限,请由授权人本人或其上级决定。',
    en: 'The amount is above what was delegated; the principal or a higher tier has to decide.',
  },
  'delegation-over': {
    status: 409,
    zh: '授权刚刚终止,请重新查看后再办理。',
    en: 'The delegation has just ended; look again and repeat.',
  },
  'emergency-over': {
    status: 409,
    zh: '应急授权刚刚收回,请重新查看后再办理。',
    en: 'The emergency grant has just been taken back; look again and repeat.',
  },
  'two-others-needed': {
    status: 403,
    zh: '应急授权的申请、批准、使用和复核须由不同的人办理。',
    en: 'An emergency grant is asked for, granted and reviewed by different people, none of whom grants or reviews their own.',
  },
  'second-person-needed': {
    status: 403,
    zh: '须由另一人确认:提出人和受益人均不得确认。',
    en: 'A second person confirms it: neither whoever asked for it nor whom it benefits.',
  },
  'decider-cannot-enter': {
    status: 403,
    zh: '作出决定的人不得自行入账,须由他人入账。',
    en: 'Whoever decided on the money may not enter it; somebody else has to.',
  },
  'past-the-desk': {
    status: 403,
    zh: '审批须经受理台提交;直接发给引擎的意见不作数。',
    en: 'A decision is made through the desk; one that is sent to the engine directly does not count.',
  },
  'not-the-holder': { status: 403, zh: '此任务已派给他人。', en: 'The task is assigned to somebody else.' },
  'wrong-step': { status: 409, zh: '案件当前没有此环节。', en: 'The case is not at this step.' },
  'task-closed': { status: 409, zh: '此任务已办结。', en: 'The task is closed already.' },
  'task-not-open': { status: 409, zh: '此任务尚未开始。', en: 'The task is not open yet.' },
  'stale-version': { status: 409, zh: '方案已有新版本,请按新版本审批。', en: 'There is a newer version of the proposal.' },
  'case-closed': { status: 409, zh: '案件已办结。', en: 'The case is closed.' },
  'case-full': {
    status: 409,
    zh: '案件消息已满,请办结并转入关联案件。',
    en: 'The case has taken its last message; close it in favour of a linked case.',
  },
  'case-not-found': { status: 404, zh: '没有此案件。', en: 'There is no such case.' },
  'pack-not-active': {
    status: 409,
    zh: '该制度包没有生效的版本,不能按其新开案件。',
    en: 'No version of this pack is in force, so it opens no case.',
  },
  'already-decided': { status: 409, zh: '此事项已有决定。', en: 'It has been decided already.' },
  'survey-incomplete': { status: 422, zh: '会签表签字不全。', en: 'The survey sheet lacks a required signature.' },
  'builder-not-invited': {
    status: 422,
    zh: '未通知施工单位,不得注明缺席。',
    en: 'The builder was not invited, so absence cannot be noted.',
  },
  'acceptance-incomplete': { status: 422, zh: '竣工检查或客户签认不全。', en: 'Completion check or customer signature is missing.' },
  'not-complex': { status: 422, zh: '非特别复杂的维修任务不得延长。', en: 'Only a particularly complex repair may be extended.' },
  'not-a-candidate': {
    status: 422,
    zh: '该单位不在候选名单上,或本项审查已有结论。',
    en: 'It is not on the list of candidates, or this review of it has been given already.',
  },
  'review-not-passed': {
    status: 422,
    zh: '未通过现场审查和资料审查的单位不得列入网点维护名单。',
    en: 'Whoever has not passed the on-site review and the document review may not stand on the list of outlets.',
  },
  'funds-beyond-decision': {
    status: 422,
    zh: '经费不得超过总经理批示的额度。',
    en: 'The funds may not exceed what the general manager has approved.',
  },
  'own-outlet': {
    status: 403,
    zh: '网点负责人不得审查对本网点的投诉。',
    en: 'Whoever manages the outlet may not review the complaint about it.',
  },
  'written-confirmation-missing': {
    status: 409,
    zh: '口头要求须先以书面形式同顾客确认。',
    en: 'An oral requirement must first be confirmed with the customer in writing.',
  },
  'buyer-not-licensed': {
    status: 409,
    zh: '经销商、代理商未证明合法的医疗器械经营资质和相应的经营范围,不得销售。',
    en: 'A dealer or agent without a legal licence for medical devices that covers the goods gets no sale.',
  },
  'review-incomplete': {
    status: 409,
    zh: '各部门评审尚未完成,合同不得签署。',
    en: 'Not every department has given its opinion, so the contract may not be signed.',
  },
  'consent-missing': { status: 422, zh: '延长须事先取得客户认可。', en: 'An extension needs the consent of the customer.' },
  'already-extended': { status: 409, zh: '本环节已延长过一次。', en: 'This stage has been extended once already.' },
  'reason-missing': { status: 422, zh: '须说明理由。', en: 'A reason is required.' },
  'note-missing': { status: 422, zh: '降低等级或改判须附说明。', en: 'Lowering a class or changing a judgement needs a note.' },
  'validity-contradicts-tests': {
    status: 422,
    zh: '判定须与“理由充分”“要求合理”两项相符:两项皆是方为成立。',
    en: 'It stands when the reasons are sufficient and the demand is reasonable, and only then.',
  },
  'bad-amount': { status: 422, zh: '金额须大于零且至多两位小数。', en: 'The amount must be above zero with at most two decimals.' },
  'bad-facts': { status: 422, zh: '所填内容有误。', en: 'What was entered is not right.' },
  'occurred-in-future': { status: 422, zh: '发生时间不得晚于登记时间。', en: 'It cannot have happened after it was received.' },
  'occurred-before-case': {
    status: 422,
    zh: '发生时间不得早于案件受理时间。',
    en: 'It cannot have happened before the case was accepted.',
  },
  'occurred-out-of-order': { status: 422, zh: '发生时间不得早于前一环节。', en: 'It cannot have happened before the step that led to it.' },
  'participant-missing': {
    status: 422,
    zh: '应邀参加者须列为参加或注明缺席。',
    en: 'Whoever was invited must stand among the participants or be noted as absent.',
  },
  'not-approved': { status: 409, zh: '尚未批准,不得办理。', en: 'It has not been approved, so it may not be done.' },
  'promise-before-decision': {
    status: 422,
    zh: '作出处理决定前不得向客户承诺。',
    en: 'Nothing may be promised to the customer before the decision.',
  },
  'site-record-incomplete': {
    status: 422,
    zh: '现场服务记录不全:须协同施工单位取样检验,数据须书面反馈用户。',
    en: 'The site record is incomplete: samples are taken together with the builder, and the user gets the data in writing.',
  },
  'demand-not-met': {
    status: 422,
    zh: '满足客户要求后才能确认出厂。',
    en: "Deliveries are released only when the customer's demand is met.",
  },
  'form-missing': {
    status: 409,
    zh: '制度要求的单据尚未填报,请先填报。',
    en: 'A form that the procedure requires for this step has not been filed; file it first.',
  },
  'closing-incomplete': { status: 409, zh: '办结条件尚未具备。', en: 'What the procedure requires before closing is not there yet.' },
  'dated-too-far-back': {
    status: 403,
    zh: '发生时间早于制度允许的补录天数,须由有权的主管补录。',
    en: 'It is dated further back than the pack allows without a supervisor; a supervisor has to enter it.',
  },
  'extension-not-allowed': { status: 422, zh: '本制度不允许延长维修时间。', en: 'The procedure allows no extension.' },
  'quote-not-accepted': {
    status: 409,
    zh: '收费须事先明示并经客户同意,且不得超出。',
    en: 'Charges must be stated in advance and accepted by the customer, and not be exceeded.',
  },
  'limit-not-passed': {
    status: 409,
    zh: '尚未超过约定的维修时间,不出借代用品。',
    en: 'The repair has not passed its time, so no substitute is lent.',
  },
  'customer-not-trained': {
    status: 409,
    zh: '未注明已培训客户;请先登记客户培训,再行验证。',
    en: 'The customer is not marked as trained; record the training before the verification.',
  },
  'evidence-missing': { status: 422, zh: '须附证据。', en: 'Evidence is required.' },
  'other-pack': {
    status: 422,
    zh: '案件不得改按其他制度包办理。',
    en: 'A case stays with its pack; only another version of it is possible.',
  },
  'not-newer': {
    status: 409,
    zh: '案件所依据的版本并不比所指定的旧。',
    en: 'The case goes by that version or a newer one already.',
  },
  'limit-gone': {
    status: 409,
    zh: '新版本没有案件正在计时的时限,不得改按该版本办理。',
    en: 'The new version has no such limit, and the case has a deadline of it; it cannot go by that version.',
  },
  'nudged-too-often': {
    status: 429,
    zh: '已催办过,请稍后再催。',
    en: 'It has been urged already; please wait before you urge again.',
  },
  'nothing-owed': { status: 409, zh: '目前没有须办理的事项,无须催办。', en: 'Nothing is owed at the moment that could be urged.' },
  'assignee-absent': { status: 409, zh: '承办人不在岗,请派给其代理人。', en: 'The person is absent; assign it to the substitute.' },
  'key-reused': { status: 422, zh: '同一请求编号已用于其他内容。', en: 'The idempotency key was used for another body.' },
  'too-many-in-flight': {
    status: 429,
    zh: '此案件同时办理的请求过多,请稍后重试。',
    en: 'Too many requests on this case at once; try again shortly.',
  },
} as const satisfies Record<string, { status: number; zh: string; en: string }>;

export type RefusalCode = keyof typeof refusals;

/** A refusal with its place: which field or rule, in words a clerk understands. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly detail?: string;
}

export function refuse(code: RefusalCode, detail?: string): Refusal {
  return detail === undefined ? { code } : { code, detail };
}

export function isRefusalCode(text: string): text is RefusalCode {
  return Object.hasOwn(refusals, text);
}
