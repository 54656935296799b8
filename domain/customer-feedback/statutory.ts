/** The add-on 医疗器械不良事件监测和再评价管理办法: by when an adverse event is reported. No limit stands in the procedure itself. */
import type { LimitName } from '../pack.ts';

export type Harm = 'death' | 'serious' | 'group' | 'other';

const limits: Readonly<Record<Harm, LimitName | undefined>> = {
  death: 'adverseEventDeath',
  serious: 'adverseEventSerious',
  group: 'groupEventIndividual',
  other: undefined,
};

/** The limit of the report, undefined where there is none: the add-on is off until a company turns it on [FB.D7]. */
export function reportLimit(harm: Harm | undefined, addOn: boolean): LimitName | undefined {
  return addOn && harm !== undefined ? limits[harm] : undefined;
}
