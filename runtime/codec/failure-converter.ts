/**
 * Puts message and stack of a failure into a payload, which the codec encrypts. Loaded by path, in the process and inside
 * the sandbox of workflows: it imports nothing that does not exist there.
 */
import { DefaultFailureConverter } from '@temporalio/common';

export const failureConverter: DefaultFailureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
