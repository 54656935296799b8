/** A text that others write, without what reaches a person. Pure. */

/** Numbers of identity cards before telephones: their digits hold what looks like one. */
const PATTERNS: readonly RegExp[] = [
  /[^\s<>"'(),;:@]+@[^\s<>"'(),;:@]+/g,
  /(?<![0-9A-Za-z])\d{6}[ -]?(?:19|20)\d{2}[ -]?\d{4}[ -]?\d{3}[\dXx](?![0-9A-Za-z])/g,
  /(?<!\d)(?:(?:\+|00)?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)/g,
  /(?<!\d)0\d{2,3}[ -]?\d{7,8}(?!\d)/g,
];

/** Mail addresses, numbers of identity cards and of telephones as `***`, in full-width digits as well. */
export function masked(text: string): string {
  const plain = text.replaceAll(/[０-９＋－＠]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  return PATTERNS.reduce((left, pattern) => left.replace(pattern, '***'), plain);
}
