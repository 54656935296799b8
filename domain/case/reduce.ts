/** The one reducer: workflow, record and reconcile fold a case's events with it and must come to the same state. */
import { concernAfter } from './concern.ts';
    ...(data.agreed === undefined ? {} : { agreed: data.agreed }),
