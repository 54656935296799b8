/** The worker bundle's only entry: one export per procedure. */
export { adverseEvent } from './adverse-event/workflow.ts';
export { bonusEvaluation } from './bonus-evaluation/workflow.ts';
export { capa } from './capa/workflow.ts';
export { cementComplaint, cementOpinion } from './cement-complaint/workflow.ts';
export { contractReview } from './contract-review/workflow.ts';
export { customerContact } from './customer-contact/workflow.ts';
export { customerFeedback } from './customer-feedback/workflow.ts';
export { equipmentUse } from './equipment-use/workflow.ts';
export { evaluation } from './evaluation/workflow.ts';
export { finalPayment } from './final-payment/workflow.ts';
export { onSiteService } from './on-site-service/workflow.ts';
export { otherComplaint } from './other-complaint/workflow.ts';
export { outletApplication } from './outlet-application/workflow.ts';
export { outletChange } from './outlet-change/workflow.ts';
export { outletComplaint } from './outlet-complaint/workflow.ts';
export { packChange, packWithdrawal } from './pack-change/workflow.ts';
export { propertyRepair } from './property-repair/workflow.ts';
export { qualityComplaint } from './quality-complaint/workflow.ts';
export { recall } from './recall/workflow.ts';
export { standardService } from './standard-service/workflow.ts';
export { taskOrder } from './task-order/workflow.ts';

// What is no procedure: it leads many cases at once.
export { bulkChange } from './bulk-change/workflow.ts';
