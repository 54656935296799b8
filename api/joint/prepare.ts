/** What each kind of act that two administrators do together rests on, whether it weighs, and what is done once it is in force. */
import type { Db, Trx } from '../../db/database.ts';
import type { Asking } from '../../db/joint-acts.ts';
import type { Noted } from '../../db/journal.ts';
import type { JointKind } from '../../domain/authority/joint-act.ts';
import type { Instant } from '../../domain/time.ts';
import type { RouteDeps } from '../routes/routes.ts';
import { prepareErasure } from './erasure.ts';
import { prepareIdentity } from './identity.ts';
import { prepareLink } from './link.ts';
import { prepareRoles } from './roles.ts';

export type JointDeps = Pick<RouteDeps, 'db' | 'rules' | 'registers' | 'clock' | 'config'>;

/** What is told once, in the answer to whoever has brought it into force. */
export interface Told {
  readonly link?: string;
  readonly linkEndsAt?: Instant;
}

export interface Prepared {
  /** It gives somebody a say over what others do, or destroys something: one person is not enough. */
  readonly weighs: boolean;
  /** @throws Problem when it cannot be done any more */
  carryOut(trx: Trx, at: Instant, noted: Noted): Promise<Told>;
}

/** @throws Problem when it could not be done now */
export type Prepare<K extends JointKind> = (deps: JointDeps, db: Db | Trx, act: Asking<K>) => Promise<Prepared>;

const kinds: { readonly [K in JointKind]: Prepare<K> } = {
  roles: prepareRoles,
  link: prepareLink,
  identity: prepareIdentity,
  erasure: prepareErasure,
};

export const prepare: Prepare<JointKind> = (deps, db, act) => (kinds[act.kind] as Prepare<JointKind>)(deps, db, act);
