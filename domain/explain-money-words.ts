/** The words for why money goes the way it goes, in both languages. Amounts and names come ready-made. */
export interface MoneyWords {
  proposal(name: string, version: number, amount: string, sum: string, by: 'case' | 'item'): string;
  row(range: string, clause: string, onBound: boolean): string;
  above(amount: string, itself: boolean): string;
  upTo(amount: string, itself: boolean): string;
  readonly anyAmount: string;
  link(act: 'review' | 'approve', role: string, who: string): string;
  chain(links: readonly string[], atOnce: boolean): string;
  standsIn(name: string, absent: string): string;
  readonly nobody: string;
  readonly and: string;
  auditor(amount: string, bound: string, side: 'below' | 'on' | 'above', role: string): string;
  orderClass(orderClass: 'A' | 'B'): string;
  survey(responsible: string, stated: boolean): string;
  readonly reclassed: string;
  warranty(until: string, opened: string, within: boolean): string;
  left(name: string, amount: string): string;
  readonly notDeducted: string;
  deducted(amount: string, shortfall: string, done: boolean): string;
}

const NAMES: Readonly<Record<string, string>> = { estimate: '估价', finalAccount: '决算', settlement: '结算' };
const PARTY: Readonly<Record<string, string>> = { builder: '施工单位', company: '公司', unclear: '未明确' };

export const ZH: MoneyWords = {
  proposal: (name, version, amount, sum, by) =>
    `${NAMES[name] ?? name}第 ${version} 版 ${amount} 元;${by === 'case' ? `按案合计 ${sum} 元` : `按项计 ${sum} 元`},据此选档`,
  row: (range, clause, onBound) => `适用档:${range}(${clause})${onBound ? ';恰为界限金额,归本档' : ''}`,
  above: (amount, itself) => (itself ? `${amount} 元及以上` : `超过 ${amount} 元`),
  upTo: (amount, itself) => (itself ? `至 ${amount} 元(含)` : `不满 ${amount} 元`),
  anyAmount: '不论金额',
  link: (act, role, who) => `${act === 'review' ? '审核' : '批准'}:${role}(${who})`,
  chain: (links, atOnce) => `${atOnce ? '同时' : '依次'}:${links.join(atOnce ? '、' : ' → ')}`,
  standsIn: (name, absent) => `${name},代 ${absent}`,
  nobody: '目前无人任此岗位',
  and: '、',
  auditor: (amount, bound, side, role) =>
    `决算 ${amount} 元${{ below: '低于', on: '恰为', above: '高于' }[side]}审核界限 ${bound} 元(3.5.6):由 ${role} 审核`,
  orderClass: (orderClass) => (orderClass === 'A' ? 'A 类:保修,费用由施工单位承担' : 'B 类:费用由公司承担'),
  survey: (responsible, stated) => (stated ? '会签表已注明类别' : `会签表责任方:${PARTY[responsible] ?? responsible}`),
  reclassed: '类别已改判(3.5.1)',
  warranty: (until, opened, within) => `保修至 ${until},受理于 ${opened}:${within ? '在保修期内' : '已过保修期'}`,
  left: (name, amount) => `${name}:尚余 ${amount} 元`,
  notDeducted: 'B 类不从保证金扣除',
  deducted: (amount, shortfall, done) =>
    `${done ? '已扣除' : '将扣除'} ${amount} 元,${done ? '不足' : '将不足'} ${shortfall} 元${shortfall === '0.00' ? '' : '(由公司先付,列入财务清单)'}(3.5.9)`,
};

const NAMES_EN: Readonly<Record<string, string>> = { finalAccount: 'final account' };

export const EN: MoneyWords = {
  proposal: (name, version, amount, sum, by) =>
    `${NAMES_EN[name] ?? name}, version ${version}: ${amount} yuan; ${by === 'case' ? `${sum} summed for the case` : `${sum} by itself`} chooses the row`,
  row: (range, clause, onBound) => `row: ${range} (${clause})${onBound ? '; exactly on the bound, which belongs to this row' : ''}`,
  above: (amount, itself) => (itself ? `from ${amount} on` : `above ${amount}`),
  upTo: (amount, itself) => (itself ? `up to and with ${amount}` : `below ${amount}`),
  anyAmount: 'any amount',
  link: (act, role, who) => `${act === 'review' ? 'reviews' : 'approves'}: ${role} (${who})`,
  chain: (links, atOnce) => `${atOnce ? 'at once' : 'in order'}: ${links.join(atOnce ? ', ' : ' → ')}`,
  standsIn: (name, absent) => `${name} for ${absent}`,
  nobody: 'nobody holds this role now',
  and: ', ',
  auditor: (amount, bound, side, role) =>
    `final account ${amount} yuan is ${{ below: 'below', on: 'exactly', above: 'above' }[side]} the audit bound of ${bound} (3.5.6): ${role} audits`,
  orderClass: (orderClass) =>
    orderClass === 'A' ? 'class A: warranty work, the builder bears the cost' : 'class B: the company bears the cost',
  survey: (responsible, stated) => (stated ? 'the survey sheet names the class' : `responsible by the survey sheet: ${responsible}`),
  reclassed: 'the class was changed (3.5.1)',
  warranty: (until, opened, within) =>
    `warranty until ${until}, accepted ${opened}: ${within ? 'within the warranty' : 'the warranty is over'}`,
  left: (name, amount) => `${name}: ${amount} yuan left`,
  notDeducted: 'class B is not deducted from the retention',
  deducted: (amount, shortfall, done) =>
    `${done ? 'deducted' : 'would deduct'} ${amount} yuan, ${shortfall} short${shortfall === '0.00' ? '' : ' (the company pays it, it is on the list of finance)'} (3.5.9)`,
};
