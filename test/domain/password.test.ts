import { expect, test } from 'vitest';
import { faultOfPassword } from '../../domain/password.ts';

test.each([
  ['short', 'abc1 Xy#9'],
  ['too long', '长'.repeat(129)],
  ['a word everybody tries, with digits', 'Password2026!'],
  ['digits and marks alone', '20261125-20261125'],
  ['few different characters', 'ababababab-ab'],
  ['her own name in it', '今天是王小明的生日啊哈'],
  ['her own id in it', 'xx-Wang.XM-1984-yy'],
])('%s: refused in two languages', (_, password) => {
  expect(faultOfPassword(password, ['wang.xm', '王小明'])).toMatchObject({ zh: expect.any(String), en: expect.any(String) });
});

test.each(['correct horse battery', '码头上的三只白鹭飞走了', 'tQ8#mLw2vR', '长'.repeat(5) + 'abcde'])('%s: taken', (password) => {
  expect(faultOfPassword(password, ['wang.xm', '王小明'])).toBeUndefined();
});
