/** The worker bundle's only entry: one export per procedure. */
export { cementComplaint, cementOpinion } from './cement-complaint/workflow.ts';
export { equipmentUse } from './equipment-use/workflow.ts';
export { finalPayment } from './final-payment/workflow.ts';
export { packChange, packWithdrawal } from './pack-change/workflow.ts';
export { otherComplaint } from './other-complaint/workflow.ts';
export { propertyRepair } from './property-repair/workflow.ts';
export { qualityComplaint } from './quality-complaint/workflow.ts';
