/** The worker bundle's only entry: one export per procedure. */
export { otherComplaint } from './other-complaint/workflow.ts';
export { propertyRepair } from './property-repair/workflow.ts';
