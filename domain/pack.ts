/**
 * A pack as the rules of one company see it: what a running case needs (`PackRules`, pinned at opening and handed to
 * the workflow) and what stays outside (labels, forms: `Pack`).
 */
import type { FormField } from './form.ts';
import type { LimitRule } from './limit.ts';
import type { Fen } from './money.ts';

export type RoleId = string;
export type StepId = string;
export type LimitName = string;

/** One rung of a ladder: who hears of a breach. All rungs fire at the breach unless `afterWorkdays` delays one (readings 6). */
export interface Rung {
  readonly role: RoleId;
  /** Working days after the breach; 0 or absent = at the breach. */
  readonly afterWorkdays?: number;
}

/** What one link of an approval chain does. `review` comes before `approve`; both may reject (CS19.T2). */
export interface ChainLink {
  readonly act: 'review' | 'approve';
  readonly role: RoleId;
}

/** One row of a tier table. `upTo` is inclusive (以内, 以下 include the number, C6); absent = no upper bound. */
export interface Tier {
  readonly id: string;
  readonly upTo?: Fen;
  readonly chain: readonly ChainLink[];
  readonly clause: string;
}

export interface TierTable {
  /** `case`: amounts of one case are summed before the row is chosen; `item`: each amount by itself (readings 8). */
  readonly sum: 'case' | 'item';
  readonly rows: readonly Tier[];
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
export type StartEvent = 'accepted' | 'survey-signed' | 'work-order';

/** Who may answer a step and the clause it carries out. */
export interface PackStep {
  readonly by: readonly RoleId[];
  readonly clause: string;
  /** The limit that the step's task runs under, when the flow names no other. */
  readonly limit?: LimitName;
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
}

export interface Label {
  readonly zh: string;
  readonly en: string;
}

export interface PackRole extends Label {
  readonly id: RoleId;
  readonly aliases: readonly string[];
  readonly clause: string;
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
  readonly title: Label;
  readonly source: string;
  /** Letters in front of the uniform number (CS19.A1). */
  readonly numberPrefix: string;
  readonly calendarId: string;
  /** Case kind → workflow type and the form its opening fills. */
  readonly kinds: Readonly<Record<string, Label & { readonly workflow: string; readonly form: string }>>;
  readonly roles: readonly PackRole[];
  readonly forms: Readonly<Record<string, PackForm>>;
  /** Step → label and form; roles, clause and limit stand in `rules.steps`. */
  readonly steps: Readonly<Record<StepId, Label & { readonly form: string }>>;
  readonly limitLabels: Readonly<Record<LimitName, Label & { readonly source: 'text' | 'proposal'; readonly requirement: string }>>;
  readonly switchLabels: Readonly<Record<string, SwitchLabel>>;
  readonly rules: PackRules;
}

/** Role id of an id, Chinese or English name or alias; undefined if no role of the pack is called so. */
export function resolveRole(pack: Pick<Pack, 'roles'>, nameOrAlias: string): RoleId | undefined {
  const name = nameOrAlias.trim();
  return pack.roles.find((r) => r.id === name || r.zh === name || r.en === name || r.aliases.includes(name))?.id;
}
