/** Service at the construction site (二(三)质检部6): what its record must show. */
import { refuse, type Refusal } from '../errors.ts';
import type { RoleId } from '../pack.ts';

export interface SiteSheet {
  readonly sampled: boolean;
  readonly sampledBy?: readonly RoleId[];
  readonly dataGivenInWriting: boolean;
}

/**
 * Samples are taken together with the builder, and the data go to the user in writing; which of the two binds, the pack
 * says. Refused as `site-record-incomplete` with what is missing [CEM.P3].
 */
export function checkSiteRecord(sheet: SiteSheet, rules: { readonly jointly: boolean; readonly inWriting: boolean }): Refusal | undefined {
  const parties = sheet.sampledBy ?? [];
  if (!sheet.sampled && parties.length > 0) return refuse('bad-facts', 'sampledBy');
  if (rules.jointly && !sheet.sampled) return refuse('site-record-incomplete', 'sampled');
  if (rules.jointly && !parties.includes('builder')) return refuse('site-record-incomplete', 'builder');
  if (rules.jointly && !parties.includes('quality') && !parties.includes('siteEngineer'))
    return refuse('site-record-incomplete', 'quality');
  return rules.inWriting && !sheet.dataGivenInWriting ? refuse('site-record-incomplete', 'dataGivenInWriting') : undefined;
}
