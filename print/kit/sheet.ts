/** A sheet of paper as data: what the forms put together and `pdf.ts` sets. All text is plain; nothing in it is markup. */

/** A label and what is written beside it; `wide` takes the whole row. Empty = a blank to be written in by hand. */
export interface Pair {
  readonly label: string;
  readonly value: string;
  readonly wide?: boolean;
}

/** Who signed, by printed name; without a name it is a line to sign on. */
export interface Signature {
  readonly label: string;
  readonly name?: string;
  readonly at?: string;
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** Ruled cells, two pairs to a row. */
  | { readonly kind: 'pairs'; readonly pairs: readonly Pair[]; readonly signatures?: readonly Signature[] }
  /** A ruled table; its head is repeated on every page. `widths` are shares of the line. */
  | {
      readonly kind: 'grid';
      readonly head: readonly string[];
      readonly widths: readonly number[];
      readonly rows: readonly (readonly string[])[];
      /** Rows are short and stay whole; else one may run over the end of a page. */
      readonly whole?: true;
      /** In points; absent = 8.5. */
      readonly size?: number;
    }
  | { readonly kind: 'signatures'; readonly signatures: readonly Signature[] };

/** What the print rests on: which record, up to which event, and when that was recorded. */
export interface Stamp {
  readonly number: string;
  /** Seq of the last event, or version of the entry. */
  readonly seq: number;
  /** Hash of that event or version, hex. */
  readonly hash: string;
  /** When it was recorded: every print of one record says the same. */
  readonly at: number;
  /** Issued when the procedure said so; else it shows the record as it stands. */
  readonly issued: boolean;
  readonly of: 'case' | 'entry';
}

export interface Sheet {
  readonly title: string;
  readonly company: string | undefined;
  /** Secrecy label (密级), at the head of each page; undefined: none is printed. */
  readonly label?: string | undefined;
  /** Procedure and clause it belongs to. */
  readonly source: string;
  readonly blocks: readonly Block[];
  readonly stamp: Stamp;
}
