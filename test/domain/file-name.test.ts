/** Names of files that people send: whatever they hold, what is kept is harmless and says what the file is. */
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { cleanFileName, dispositionOf, fileTypes, MAX_NAME, type FileType } from '../../domain/file-name.ts';

const type = fc.constantFrom(...(Object.keys(fileTypes) as FileType[]));
const nasty = fc.constantFrom(
  '../',
  '..\\',
  '\0',
  '\r\n',
  '\u202e',
  '\u200b',
  '\ud83d',
  '%2F',
  '"',
  ';',
  '%',
  'CON',
  '.',
  ' ',
  '厨房',
  '𠮷',
  'e\u0301',
  '.html',
  '.jpg',
);
const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.array(nasty, { maxLength: 120 }).map((parts) => parts.join('')),
);

describe('whatever is sent', () => {
  test.prop([name, type])('the name is short, visible, no path, and ends as its type does', (sent, of) => {
    const kept = cleanFileName(sent, of);
    expect(kept.length).toBeLessThanOrEqual(MAX_NAME);
    expect(kept.isWellFormed()).toBe(true);
    expect(kept.normalize('NFC')).toBe(kept);
    expect(kept).not.toMatch(/[/\\<>:"|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(kept).toMatch(/^[^.\s]/u);
    expect(kept).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\./i);
    expect(fileTypes[of] as readonly string[]).toContain(kept.split('.').at(-1));
  });

  test.prop([name, type])('cleaning again changes nothing', (sent, of) => {
    const once = cleanFileName(sent, of);
    expect(cleanFileName(once, of)).toBe(once);
  });

  test.prop([name, type])('the header it is handed out with is one line of ASCII and gives the name back', (sent, of) => {
    const kept = cleanFileName(sent, of);
    const header = dispositionOf(kept);
    expect(header).toMatch(/^attachment; filename="[ !#-$&-[\]-~]+"; filename\*=UTF-8''[\w!#$&+.^`|~%-]+$/);
    expect(decodeURIComponent(header.split("UTF-8''")[1] ?? '')).toBe(kept);
  });
});

test('a run of dots within a long name costs no more than its length', () => {
  expect(cleanFileName(`a${'.'.repeat(300_000)}b`, 'text/plain')).toBe('a.txt');
});

describe('names as people have them', () => {
  test.each([
    ['厨房漏水 1.JPG', 'image/jpeg', '厨房漏水 1.jpg'],
    ['C:\\Users\\wang\\签认单.pdf', 'application/pdf', '签认单.pdf'],
    ['../../etc/passwd', 'text/plain', 'passwd.txt'],
    ['photo\u202egpj.exe', 'image/png', 'photogpj.exe.png'],
    ['a\r\nSet-Cookie: x=1.png', 'image/png', 'aSet-Cookie_ x=1.png'],
    ['page.html', 'text/plain', 'page.html.txt'],
    ['nul.txt', 'text/plain', '_nul.txt'],
    ['', 'image/webp', '附件.webp'],
    ['...', 'application/pdf', '附件.pdf'],
    ['𠮷'.repeat(300), 'image/jpeg', `${'𠮷'.repeat(38)}.jpg`],
  ] as const)('%j', (sent, of, kept) => {
    expect(cleanFileName(sent, of)).toBe(kept);
  });
});
