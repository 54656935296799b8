/** Which departments a feedback concerns, by its content groups a to f (4.2.2c, 4.3.1). */
import type { RoleId } from '../pack.ts';

export type ContentGroup = 'conformity' | 'requirements' | 'quality' | 'transport' | 'service' | 'suggestion';

/** The text names a department for four of the six; conformity and changed requirements stay with the business department. */
const departments: Readonly<Record<ContentGroup, RoleId>> = {
  conformity: 'business',
  requirements: 'business',
  quality: 'quality',
  transport: 'generalDepartment',
  service: 'business',
  suggestion: 'technology',
};

/**
 * The departments that the form goes to beside the business department, each once: those of the content [FB.K4 FB.K5 FB.P4],
 * and those named for it. `named` alone for general information, which the business department answers itself (4.3.2a).
 */
export function departmentsFor(content: readonly ContentGroup[], named: readonly RoleId[], general: boolean): RoleId[] {
  const byContent = general ? [] : content.map((group) => departments[group]);
  return [...new Set([...byContent, ...named])].filter((department) => department !== 'business');
}
