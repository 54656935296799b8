/** Every print of a case, and which of them a case has. */
import type { CaseFile } from '../case/case-file.ts';
import type { CasePrint } from '../case/form.ts';
import { dossierPrint } from '../dossier/dossier.ts';
import { complaintPrints } from './complaints.ts';
import { propertyPrints } from './property.ts';
import { satisfactionPrints } from './satisfaction.ts';

const prints: readonly CasePrint[] = [...propertyPrints, ...complaintPrints, ...satisfactionPrints, dossierPrint];

/** Prints of a case that have something to show now. */
export function printsOf(file: CaseFile): CasePrint[] {
  const { pack, state, filed } = file;
  const workflow = (pack !== undefined && Object.hasOwn(pack.kinds, state.kind) ? pack.kinds[state.kind]?.workflow : undefined) ?? '';
  return prints.filter(
    ({ workflows, needs, when }) =>
      (workflows === undefined || workflows.includes(workflow)) &&
      (needs === undefined || filed.some(({ step }) => step === needs)) &&
      (when === undefined || when(file)),
  );
}
