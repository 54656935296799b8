/** Contacts put together, and what of a note goes into a form. */
import { describe, expect, test } from 'vitest';
import type { FormField } from '../../domain/form.ts';
import { compileContacts } from '../../domain/register/compilation.ts';
import { prefilled } from '../../domain/register/opening.ts';

describe('a compilation', () => {
  const noted = (id: string, body: Record<string, unknown>) => ({ id, body });
  test('puts notes of one file together, however the customer was written, under the latest name', () => {
    const groups = compileContacts([
      noted('1', { customer: '红星厂', customerFile: 'KH-1', channel: 'call' }),
      noted('2', { customer: ' 红星  机械厂 ', customerFile: 'KH-1', channel: 'call' }),
      noted('3', { customer: '红星厂', channel: 'call' }),
      noted('4', { customer: '红星厂 ', channel: 'call' }),
      noted('5', { customer: '红星厂', channel: 'oral' }),
    ]);
    expect(groups.map((g) => [g.customer, g.customerFile, g.channel, g.notes.map((n) => n.id)])).toEqual([
      ['红星 机械厂', 'KH-1', 'call', ['1', '2']],
      ['红星厂', null, 'call', ['3', '4']],
      ['红星厂', null, 'oral', ['5']],
    ]);
  });

  test('of nothing is nothing', () => {
    expect(compileContacts([])).toEqual([]);
  });
});

describe('a prefilled form', () => {
  const field = (name: string, more: Partial<FormField> = {}): FormField => ({ name, zh: name, en: name, type: 'text', ...more });
  test('takes fields of the same name and those that mean the same, and leaves the others', () => {
    const fields = [
      field('complainant'),
      field('content'),
      field('channel', { type: 'choice', options: ['call'] }),
      field('toString'),
      field('amount', { type: 'money' }),
    ];
    expect(prefilled({ customer: '甲', content: '乙', channel: 'call', note: 'x' }, fields)).toEqual({
      complainant: '甲',
      content: '乙',
      channel: 'call',
    });
    expect(prefilled({ channel: 'visited', content: ['list'] }, fields)).toEqual({});
  });

  test('takes files along', () => {
    expect(prefilled({ files: ['a'] }, [field('files', { type: 'files' })])).toEqual({ files: ['a'] });
  });
});
