/** The worker bundle's only entry: one export per procedure. */
export { packChange, packWithdrawal } from './pack-change/workflow.ts';
export { otherComplaint } from './other-complaint/workflow.ts';
export { propertyRepair } from './property-repair/workflow.ts';
