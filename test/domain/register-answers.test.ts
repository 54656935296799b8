/** What is read of a register: who is on duty, until when a warranty lasts, how late a delivery is, whether a licence holds. */
import { describe, expect, test } from 'vitest';
import { CHECKS } from '../../domain/register/checks/all.ts';
import { aliasesOf } from '../../domain/register/aliases.ts';
import { onDuty } from '../../domain/register/duty.ts';
import { licenceFault } from '../../domain/register/licence.ts';
import { readEntry } from '../../domain/register/read-entry.ts';
import { daysLate, isUnderWarranty, warrantyUntil } from '../../domain/register/warranty.ts';
import { dayFromDate, parseBeijing } from '../../domain/time.ts';
import { loadRegisters } from '../../packs/registers/load.ts';

const registers = loadRegisters();
const day = dayFromDate;

describe('duty', () => {
  const reading = readEntry(registers.get('outlets')!, {
    code: 'WD-1',
    name: '城东网点',
    kind: 'internal',
    region: '城东',
    roster: [
      { person: 'li.si', from: '2026-11-25 08:00', until: '2026-11-25 20:00' },
      { person: 'wang.wu', from: '2026-11-25 20:00', until: '2026-11-26 08:00' },
    ],
  });
  test.for([
    ['2026-11-25 07:59', []],
    ['2026-11-25 08:00', ['li.si']],
    ['2026-11-25 20:00', ['wang.wu']],
    ['2026-11-26 07:59', ['wang.wu']],
    ['2026-11-26 08:00', []],
  ] as const)('at %s: %j [GB.P12]', ([at, people]) => {
    expect(reading.ok && onDuty(reading.body, parseBeijing(at))).toEqual(people);
  });
});

describe('warranty', () => {
  test.for([
    [{ soldOn: '2024-02-29', warrantyMonths: 12 }, '2025-02-28'],
    [{ soldOn: '2025-08-31', warrantyMonths: 6 }, '2026-02-28'],
    [{ soldOn: '2025-08-31', warrantyMonths: 6, warrantyUntil: '2027-12-31' }, '2027-12-31'],
    [{ warrantyMonths: 6 }, undefined],
    [{}, undefined],
  ] as const)('%j lasts until %s', ([body, until]) => expect(warrantyUntil(body)).toBe(until));

  test('the last day is within, the next is not, and who does not know says so', () => {
    const body = { warrantyUntil: '2026-09-30' };
    expect(['2026-09-30', '2026-10-01'].map((on) => isUnderWarranty(body, day(on)))).toEqual([true, false]);
    expect(isUnderWarranty({}, day('2026-09-30'))).toBeUndefined();
  });

  test('one shorter than the state asks for is warned about, one as long is not', () => {
    const def = registers.get('products')!;
    const warned = (warrantyMonths: number) =>
      def.checks.flatMap((name) => CHECKS[name]!(def, { serial: 'S', name: '泵', warrantyMonths, lawfulMonths: 12 }, []));
    expect(warned(11)).toMatchObject([{ check: 'warranty' }]);
    expect(warned(12)).toEqual([]);
  });
});

describe('promise', () => {
  const promised = { promisedDate: '2026-07-20' };
  test('late from the day after, by the delivery where there was one', () => {
    expect(['2026-07-20', '2026-07-21', '2026-08-01'].map((on) => daysLate(promised, day(on)))).toEqual([0, 1, 12]);
    expect(daysLate({ ...promised, deliveredOn: '2026-07-22' }, day('2026-12-31'))).toBe(2);
    expect(daysLate({ ...promised, deliveredOn: '2026-07-18' }, day('2026-12-31'))).toBe(0);
    expect(daysLate({}, day('2026-12-31'))).toBeUndefined();
  });

  test('a late delivery is warned about when it is entered', () => {
    const def = registers.get('orders')!;
    const warned = (body: object) => def.checks.flatMap((name) => CHECKS[name]!(def, { ...promised, ...body }, []));
    expect(warned({ deliveredOn: '2026-07-21' })).toMatchObject([{ check: 'promise', zh: '比承诺日期晚1天交付。' }]);
    expect(warned({ deliveredOn: '2026-07-20' })).toEqual([]);
    expect(warned({})).toEqual([]);
  });
});

test.for([
  [{ licence: 'A1', licenceUntil: '2026-11-25' }, undefined],
  [{ licence: 'A1', licenceUntil: '2026-11-24' }, 'expired'],
  [{ licence: 'B2', licenceUntil: '2026-11-25' }, 'another'],
  [{}, 'none'],
] as const)('a licence of the file %j against the one claimed: %s', ([file, fault]) => {
  expect(licenceFault(file, 'A1', day('2026-11-25'))).toBe(fault);
});

test('a department goes by its names in the procedures where it has a role; a name of two roles is nobody’s', () => {
  const departments = [
    { code: 'FW', name: '服务部', aliases: [{ alias: '客服中心' }], roles: [{ pack: 's3-cs19', role: 'customerService' }] },
    { code: 'XS', name: '销售部', aliases: [{ alias: '客户部' }], roles: [{ pack: 's3-cs19', role: 'sales' }] },
    {
      code: 'KF',
      name: '客户部',
      roles: [
        { pack: 's3-cs19', role: 'customerService' },
        { pack: 's3-std', role: 'customerService' },
      ],
    },
  ];
  expect(Object.fromEntries(aliasesOf(departments, 's3-cs19'))).toEqual({
    服务部: 'customerService',
    客服中心: 'customerService',
    销售部: 'sales',
  });
  expect(Object.fromEntries(aliasesOf(departments, 's3-std'))).toEqual({ 客户部: 'customerService' });
});
