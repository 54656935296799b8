/** The history of a case, or undefined when none is kept: never started, or gone by retention. */
import { isGrpcServiceError, WorkflowNotFoundError, type Client } from '@temporalio/client';
import { toldByHistory, type Told } from '../desk/index.ts';

const NOT_FOUND = 5;

/** @throws when the engine does not answer: that is no answer to whether there is a history */
export async function keptHistory(client: Client, number: string): Promise<Told | undefined> {
  try {
    return await toldByHistory(client, number);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || (isGrpcServiceError(error) && error.code === NOT_FOUND)) return undefined;
    throw error;
  }
}
