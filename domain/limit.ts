/**
 * The rule of a time limit, as data. How it becomes a deadline is in `deadline.ts`.
 * Kinds follow the catalogue's common readings C3-C5 and the settled readings 1-2.
 */
export type LimitRule =
  /** Clock hours from the start instant, through nights and holidays (C4). */
  | { readonly kind: 'hours'; readonly n: number }
  /** N working days, start day not counted, ends 24:00 of the Nth (C3). */
  | { readonly kind: 'workdays'; readonly n: number }
  /** Ends 24:00 of the start day, or of the next working day if that is a day off (reading 1). */
  | { readonly kind: 'same-workday' }
  /** N calendar days, start day not counted; with roll the end moves to the next working day (C5). */
  | { readonly kind: 'days'; readonly n: number; readonly roll: boolean }
  /** To the corresponding day, else the month's last day, 24:00, no roll (reading 2). */
  | { readonly kind: 'months'; readonly n: number }
  | { readonly kind: 'years'; readonly n: number }
  /** End of the calendar period that holds the start (reading 2). */
  | { readonly kind: 'period'; readonly period: 'quarter' | 'half-year' | 'year' }
  /** N working days after the end of that period; its last day is the uncounted start day. */
  | { readonly kind: 'period+workdays'; readonly period: 'quarter' | 'half-year' | 'year'; readonly n: number }
  /** Day N of the month after the start, 24:00, no roll. */
  | { readonly kind: 'next-month-day'; readonly day: number }
  /** Day N of December of the start's year, 24:00, no roll. */
  | { readonly kind: 'mid-december'; readonly day: number };
