/** The decision-relevant facts of a pack's approval. What the pack says is a stored document, known by its hash. */
import type { Instant } from '../../domain/time.ts';

export interface PackDraft {
  readonly pack: string;
  readonly version: string;
  /** Hash of the pack: what is decided on, and what a case is pinned to. */
  readonly hash: string;
  /** Hash of the stored text of the pack. */
  readonly content: string;
  /** Absent: in force as soon as it is approved. */
  readonly activeFrom?: Instant;
}

export type PackNamed = Pick<PackDraft, 'pack' | 'version' | 'hash'>;
