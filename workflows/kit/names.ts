/** Names that client, worker and workflow share. */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

export const TASK_QUEUE = 'redress-cases';

/** Set at start (free); escalation and stage are upserted only on escalation and closing (each upsert is an event). */
export const searchAttributes = {
  pack: defineSearchAttributeKey('CasePack', SearchAttributeType.KEYWORD),
  kind: defineSearchAttributeKey('CaseKind', SearchAttributeType.KEYWORD),
  severity: defineSearchAttributeKey('CaseSeverity', SearchAttributeType.KEYWORD),
  escalation: defineSearchAttributeKey('CaseEscalation', SearchAttributeType.KEYWORD),
  stage: defineSearchAttributeKey('CaseStage', SearchAttributeType.KEYWORD),
} as const;

/** Name → type, as the server must know them before a case starts. */
export const searchAttributeTypes: Record<string, 'Keyword'> = {
  CasePack: 'Keyword',
  CaseKind: 'Keyword',
  CaseSeverity: 'Keyword',
  CaseEscalation: 'Keyword',
  CaseStage: 'Keyword',
};

/** The workflow id of a case is its uniform number: no personal data, unique for ever. */
export const workflowIdOf = (caseNumber: string): string => caseNumber;
export const caseNumberOf = (workflowId: string): string => workflowId;

/** One line for the list of workflows. */
export function summarise(number: string, kind: string, packId: string): string {
  return `${number} ${kind} (${packId})`;
}

/** A bulk change's workflow id, by its job. */
export const bulkIdOf = (job: string): string => `bulk-${job}`;
