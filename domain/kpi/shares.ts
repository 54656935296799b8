/**
 * KPIs that are shares within a procedure's limits: within D1-D8 [CS19.M5], within D1 and D2 [FB.M1]. Limits go by
 * their shipped names; D6 is no limit but a condition (consent before the limit runs out) and D9 is D4 and D5 again.
 */
import type { LimitName } from '../pack.ts';
import type { Share } from './share.ts';

export interface LimitShare {
  readonly requirement: string;
  readonly limit: LimitName;
}

export interface ShareKpi {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly shares: readonly LimitShare[];
}

export const cs19M5: ShareKpi = {
  id: 'CS19.M5',
  zh: '各时限内办理比例',
  en: 'shares handled within the limits',
  shares: [
    { requirement: 'CS19.D1', limit: 'survey' },
    { requirement: 'CS19.D2', limit: 'departmentFeedback' },
    { requirement: 'CS19.D3', limit: 'weeklyItem' },
    { requirement: 'CS19.D4', limit: 'repairSingle' },
    { requirement: 'CS19.D5', limit: 'repairMulti' },
    { requirement: 'CS19.D7', limit: 'other' },
    { requirement: 'CS19.D8', limit: 'followUpCall' },
  ],
};

export const fbM1: ShareKpi = {
  id: 'FB.M1',
  zh: '致函与处理方案按时比例',
  en: 'shares of letters and plans in time',
  shares: [
    { requirement: 'FB.D1', limit: 'letter' },
    { requirement: 'FB.D2', limit: 'plan' },
  ],
};

export const shareKpis: readonly ShareKpi[] = [cs19M5, fbM1];

/** The KPI's shares in order; `shareOf` gives the share of a limit, undefined where the pack has no such limit. */
export function sharesOf(kpi: ShareKpi, shareOf: (limit: LimitName) => Share | undefined): (LimitShare & { readonly share: Share })[] {
  return kpi.shares.flatMap((one) => {
    const share = shareOf(one.limit);
    return share === undefined ? [] : [{ ...one, share }];
  });
}
