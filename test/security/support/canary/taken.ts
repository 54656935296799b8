import type { Answer } from '../../../api/support/api.ts';

/** @throws when it was answered otherwise */
export function taken(answer: Answer, status: number): Answer {
  if (answer.status !== status) throw new Error(`${answer.status} for ${status}: ${answer.text}`);
  return answer;
}
