/**
 * A pack as the rules of one company see it: what a running case needs (`PackRules`, pinned at opening and handed to
 * the workflow) and what stays outside (labels, forms: `Pack`).
 */
import type { FormField } from './form.ts';
import type { LimitRule } from './limit.ts';
import type { Fen } from './money.ts';
import type { PackDuties } from './pack-duties.ts';

export type RoleId = string;
export type StepId = string;
export type LimitName = string;

/**
 * One rung of a ladder: who hears of a deadline, and when. Without more it fires at the breach, as all rungs do unless the
 * pack says otherwise (readings 6). `when` comes with exactly one of `percent`, `workdays` and `hours`: that long before the
 * deadline or after it; `percent` before it is the share of the limit that has run (80 = when 80 % are over), after it the
 * share that is run over.
 */
export interface Rung {
  readonly role: RoleId;
  readonly when?: 'before' | 'after';
  readonly percent?: number;
  readonly workdays?: number;
  readonly hours?: number;
  /** Again every so many working days until it is acknowledged. */
  readonly repeatEveryWorkdays?: number;
  /** Working days after the breach: the older way to write `when: after` with `workdays`. */
  readonly afterWorkdays?: number;
}

/** What one link of an approval chain does. `review` comes before `approve`; both may reject (CS19.T2). */
export interface ChainLink {
  readonly act: 'review' | 'approve';
  readonly role: RoleId;
}

/**
 * One row of a tier table. `upTo` includes its number (以内, 以下), `below` does not (不满) (C6); neither = no upper bound.
 */
export interface Tier {
  readonly id: string;
  readonly upTo?: Fen;
  readonly below?: Fen;
  readonly chain: readonly ChainLink[];
  readonly clause: string;
}

export interface TierTable {
  /** `case`: amounts of one case are summed before the row is chosen; `item`: each amount by itself (readings 8). */
  readonly sum: 'case' | 'item';
  readonly rows: readonly Tier[];
}

/** Who decides on a proposal whose way depends on the severity (TS.T1, CEM.T2). */
export interface SeverityChain {
  readonly clause: string;
  /** `all`: every link at once, and all must approve; absent: one after the other. */
  readonly mode?: 'all';
  readonly chain: readonly ChainLink[];
}

/** A limit of the pack: the rule, how hard it binds, which ladder a breach climbs, and where it comes from. */
export type PackLimit = LimitRule & {
  readonly name: LimitName;
  /** A broken hard limit climbs its ladder; a broken soft one warns the department head only (C10). */
  readonly hardness: 'hard' | 'soft';
  readonly ladder: string;
  readonly clause: string;
  /** Where a limit starts that is judged needed only later: at the receipt (CEM.X5) or, by default, at the judgement. */
  readonly arms?: 'receipt' | 'judged';
  /** The event that starts it, where the procedure leaves the choice (CS19.X1). */
  readonly startsAt?: StartEvent;
  /** Whether it goes on or starts anew when the matter goes to another party (3.4.6). */
  readonly onHandOver?: 'continue' | 'restart';
};

/** The events at which a procedure can start a limit. `propertyRepair` offers them for its two repair limits. */
export const START_EVENTS = ['accepted', 'survey-signed', 'work-order'] as const;
export type StartEvent = (typeof START_EVENTS)[number];

/** Who may answer a step and the clause it carries out. */
export interface PackStep {
  readonly by: readonly RoleId[];
  readonly clause: string;
  /** The limit that the step's task runs under, when the flow names no other. */
  readonly limit?: LimitName;
  /** Forms that must be filed with or before the answer, beside the step's own. */
  readonly requiredForms?: readonly string[];
  /** The form that the answer files, where the pack requires that form somewhere: in `requiredForms` or before closing. */
  readonly form?: string;
}

/** A switch of the pack: text, money in fen, count or yes/no. */
export type Switch = string | number | boolean;

/** What a case keeps to its end. Small on purpose: it is held in memory by every cached case. */
export interface PackRules {
  readonly id: string;
  readonly version: string;
  /** SHA-256 over the canonical form of the whole pack, hex. */
  readonly hash: string;
  readonly generalManager: RoleId;
  /** The role that assigns, withdraws and ends cases (统一受理). */
  readonly coordinator: readonly RoleId[];
  readonly limits: Readonly<Record<LimitName, PackLimit>>;
  readonly ladders: Readonly<Record<string, readonly Rung[]>>;
  readonly tiers: Readonly<Record<string, TierTable>>;
  readonly steps: Readonly<Record<StepId, PackStep>>;
  readonly switches: Readonly<Record<string, Switch>>;
  /** The case's own two promises, by limit name; absent = "none in the text". */
  readonly responseLimit?: LimitName;
  readonly closureLimit?: LimitName;
  /** Kinds of case to which the closure limit does not apply: they are no complaint and no repair. */
  readonly withoutClosure?: readonly string[];
  /** Lowest first; absent = the procedure knows none. */
  readonly severities?: readonly string[];
  readonly chains?: Readonly<Record<string, SeverityChain>>;
  /**
   * By kind of case, and by severity (which adds to the kind's, readings 13): steps that must be answered before the case
   * closes; `document:<form>` is a filed form.
   */
  readonly closeRequires?: Readonly<Record<string, readonly string[]>>;
  /** Beijing clock times between which notices wait, `21:00` to `08:00`; never for limits of clock hours. */
  readonly quietHours?: QuietHours;
  /** What an outage let expire: each rung in order (also when absent), only the highest, or one digest. */
  readonly catchUp?: CatchUp;
}

export interface QuietHours {
  readonly from: string;
  readonly to: string;
  /** Days off are quiet all day. */
  readonly daysOff?: true;
}

export type CatchUp = 'all' | 'highest' | 'digest';

export interface Label {
  readonly zh: string;
  readonly en: string;
}

export interface PackRole extends Label {
  readonly id: RoleId;
  readonly aliases: readonly string[];
  readonly clause: string;
}

export interface PackKind extends Label {
  readonly workflow: string;
  readonly form: string;
  /** Who may open it, where it is not everybody of step `open`. */
  readonly by?: readonly RoleId[] | undefined;
}

export interface PackForm extends Label {
  readonly id: string;
  readonly fields: readonly FormField[];
}

/** What a switch means, where its value comes from and which values it may take. */
export interface SwitchLabel extends Label {
  /** `proposal` where the text is silent. */
  readonly clause: string;
  readonly type: 'money' | 'role' | 'number' | 'boolean' | 'choice' | 'text';
  readonly options?: readonly string[];
}

/** The whole pack as read from `packs/<id>/pack.yaml`. */
export interface Pack {
  readonly id: string;
  readonly version: string;
  readonly hash: string;
  /** Packs it extends, nearest first; absent = it stands for itself. */
  readonly bases?: readonly string[];
  readonly title: Label;
  readonly source: string;
  /** Letters in front of the uniform number (CS19.A1). */
  readonly numberPrefix: string;
  readonly calendarId: string;
  /** Case kind → workflow type and the form its opening fills. */
  readonly kinds: Readonly<Record<string, PackKind>>;
  readonly roles: readonly PackRole[];
  readonly forms: Readonly<Record<string, PackForm>>;
  /** Step → label and form; roles, clause and limit stand in `rules.steps`. */
  readonly steps: Readonly<Record<StepId, Label & { readonly form: string }>>;
  readonly limitLabels: Readonly<Record<LimitName, Label & { readonly source: 'text' | 'proposal'; readonly requirement: string }>>;
  readonly switchLabels: Readonly<Record<string, SwitchLabel>>;
  readonly rules: PackRules;
  /** It takes what names no pack. */
  readonly default?: true;
  /** Steps whose decision is the coordinator's. */
  readonly coordinatorMayDecide?: readonly StepId[];
  /** What the pack says where it promises no response or no closure: "none in the text". */
  readonly none?: { readonly responseLimit?: string; readonly closureLimit?: string };
  /** Where settings come from that carry no clause themselves, by path: `ladders.case`, `severities`, `closeRequires.repair`. */
  readonly clauses?: Readonly<Record<string, string>>;
  readonly duties?: PackDuties;
}

/** Role id of an id, Chinese or English name or alias; undefined if no role of the pack is called so. */
export function resolveRole(pack: Pick<Pack, 'roles'>, nameOrAlias: string): RoleId | undefined {
  const name = nameOrAlias.trim();
  return pack.roles.find((r) => r.id === name || r.zh === name || r.en === name || r.aliases.includes(name))?.id;
}

/** The form of a step; an opening fills that of its kind. Undefined when the pack has no such step or form. */
export function formOf(pack: Pick<Pack, 'forms' | 'kinds' | 'steps'>, step: StepId, kind?: string): PackForm | undefined {
  const opened = step === 'open' && kind !== undefined && Object.hasOwn(pack.kinds, kind) ? pack.kinds[kind] : undefined;
  const id = opened?.form ?? (Object.hasOwn(pack.steps, step) ? pack.steps[step]?.form : undefined);
  return id === undefined ? undefined : pack.forms[id];
}

/** Who may open a case of a kind. */
export function openersOf(pack: Pick<Pack, 'kinds' | 'rules'>, kind: string): readonly RoleId[] {
  return pack.kinds[kind]?.by ?? pack.rules.steps['open']?.by ?? [];
}
