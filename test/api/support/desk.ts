/** A desk that decides nothing real: for what stands in front of it. */
import type { Desk, OpenCommand, Reply, SubmitCommand } from '../../../desk/index.ts';

export interface ScriptedDesk extends Desk {
  readonly said: (OpenCommand | SubmitCommand)[];
  /** What the next calls answer, or throw. */
  next: Reply | Error;
}

export function scriptedDesk(): ScriptedDesk {
  const decided: Reply = {
    status: 'decided',
    number: 'CS19-2026-000001',
    seq: 3,
    verdict: { outcome: 'accepted', firstSeq: 1, lastSeq: 3 },
  };
  const take = async (command: OpenCommand | SubmitCommand): Promise<Reply> => {
    desk.said.push(command);
    if (desk.next instanceof Error) throw desk.next;
    return desk.next;
  };
  const bulk = { ask: async () => undefined, confirm: async () => true, cancel: async () => undefined };
  const desk: ScriptedDesk = {
    said: [],
    next: decided,
    open: take,
    submit: take,
    record: async () => 0,
    statusOf: async () => undefined,
    sweep: async () => 0,
    bulk,
  };
  return desk;
}
