/**
 * A register: what a company writes down outside its running cases. Master data and the procedures' own registers are one thing:
 * a definition as data, and entries with versions of which nothing is overwritten.
 */
import type { FormField } from '../form-field.ts';
import type { Label, RoleId } from '../pack.ts';

/** Roles by pack. */
export type RolesByPack = Readonly<Record<string, readonly RoleId[]>>;

/** An entry is a draft until one role has reviewed and another approved it, neither of them whoever wrote it. */
export interface Review {
  readonly pack: string;
  readonly review: RoleId;
  readonly approve: RoleId;
}

export interface RegisterDef extends Label {
  readonly id: string;
  /** Version of the file that defines it. */
  readonly version: string;
  readonly clause: string;
  /** Field that names an entry; absent: it is numbered `<prefix>-<year>-<nnnnn>`. */
  readonly key?: string;
  readonly prefix: string;
  /** Fields in which words are sought. */
  readonly search: readonly string[];
  /** Fields by whose value the list is narrowed. */
  readonly filter: readonly string[];
  readonly write: RolesByPack;
  /** Absent: whoever may write or review, and nobody else. */
  readonly read?: RolesByPack | 'everybody';
  readonly review?: Review;
  /** Further keys: lists of fields that no two living entries have alike. */
  readonly unique: readonly (readonly string[])[];
  /** Years after its last change during which an entry is kept; absent: as long as somebody wants it. */
  readonly keep?: { readonly years: number };
  /** Checks of `checks/`, by name. */
  readonly checks: readonly string[];
  readonly fields: readonly FormField[];
}

/** `draft` → `submitted` → `reviewed` → `inForce` where entries are reviewed, else `inForce` at once. */
export const ENTRY_STATUS = ['draft', 'submitted', 'reviewed', 'inForce', 'rejected', 'withdrawn'] as const;
export type EntryStatus = (typeof ENTRY_STATUS)[number];

/** Fields that name entries of other registers, those in rows included, with the register each names. */
export function refsOf(
  fields: readonly FormField[],
  body: Readonly<Record<string, unknown>>,
): { field: string; register: string; id: string }[] {
  return fields.flatMap(({ name, type, register, fields: columns }) => {
    const value = body[name];
    if (type === 'ref' && register !== undefined && typeof value === 'string') return [{ field: name, register, id: value }];
    if (type !== 'rows' || columns === undefined || !Array.isArray(value)) return [];
    return (value as readonly Record<string, unknown>[]).flatMap((row, i) =>
      refsOf(columns, row).map((ref) => ({ ...ref, field: `${name}[${i}].${ref.field}` })),
    );
  });
}
