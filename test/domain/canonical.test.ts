import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CanonicalError, canonicalJson } from '../../domain/canonical.ts';

describe('canonical JSON', () => {
  test('does not depend on the order of keys and leaves out undefined', () => {
    expect(canonicalJson({ b: 1, a: [true, null, 'é\n'], c: undefined })).toBe('{"a":[true,null,"é\\n"],"b":1}');
    expect(canonicalJson({ a: [null, true], b: { d: 1, c: 2 } })).toBe(canonicalJson({ b: { c: 2, d: 1 }, a: [null, true] }));
  });

  test('sorts keys by UTF-16 code unit and writes numbers shortest', () => {
    const keys = { '\u20ac': 1, '\r': 2, '\u{1f600}': 3, '\ufb33': 4, '1': 5 };
    expect(canonicalJson(keys)).toBe('{"\\r":2,"1":5,"\u20ac":1,"\u{1f600}":3,"\ufb33":4}');
    expect(canonicalJson([1e21, 1.0, -0, 0.000001])).toBe('[1e+21,1,0,0.000001]');
  });

  test('is the same before and after a JSON round trip, and means the same', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme', maxDepth: 3 }), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(JSON.stringify(value)))).toBe(text);
        expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(JSON.parse(canonicalJson(JSON.parse(text)))));
      }),
    );
  });

  test.for([
    [undefined, '$'],
    [{ a: [1, undefined] }, '$.a[1]'],
    [Number.NaN, '$'],
    [{ x: Infinity }, '$.x'],
    ['\ud800', '$'],
    [{ '\udc00': 1 }, '$'],
    [1n, '$'],
    [{ d: new Date(0) }, '$.d'],
    [new Map(), '$'],
    [() => 1, '$'],
    [Symbol('s'), '$'],
  ] as const)('refuses what has no such form (%#)', ([value, path]) => {
    expect(() => canonicalJson(value)).toThrow(CanonicalError);
    expect(() => canonicalJson(value)).toThrow(`${path}: `);
  });
});
