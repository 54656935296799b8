/** Which step's form an event has filed. */
import type { AnyEvent } from './event.ts';

/** The step as the pack names it: `open`, `survey`, `estimate.approve`; an ending is named by its reason. */
export function filedStep(event: AnyEvent): string {
  switch (event.kind) {
    case 'opened':
      return 'open';
    case 'submitted':
      return event.data.step;
    case 'decided':
      return `${event.data.proposal.name}.${event.data.act}`;
    default:
      return event.kind === 'ended' ? event.data.reason : event.kind;
  }
}
