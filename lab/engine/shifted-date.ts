/** A `Date` whose present is `shiftMs` away from that of `Original`; all that names an instant itself is unchanged. */
export function shiftedDate(Original: DateConstructor, shiftMs: number): DateConstructor {
  const now = (): number => Original.now() + shiftMs;
  function Shifted(this: unknown, ...args: readonly [] | readonly [number | string | Date]): Date | string {
    if (new.target === undefined) return new Original(now()).toString();
    return args.length === 0 ? new Original(now()) : new Original(...args);
  }
  const statics = { now, parse: Original.parse, UTC: Original.UTC, prototype: Original.prototype };
  return Object.assign(Shifted, statics) as unknown as DateConstructor;
}
