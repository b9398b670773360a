import { describe, expect, it } from '@jest/globals';
import { parseChoice } from '../../src/text/numerals.js';

describe('parseChoice', () => {
  it.each([
    '3',
    '３',
    '三',
    '③',
    '㈢',
    '⒊',
    '3️⃣',
    '03',
    '(3)',
    '（3）',
    '【3】',
    '3.',
    '3、',
    '3。',
    ' 3 ',
    '3号',
    '3吧',
    '回复3',
    '回复数字3',
    '选3',
    '按3',
    '我选3',
    '我要选第三个',
    '第三个',
    '第3项',
    '第 3 条',
  ])('reads %j as three', (text) => {
    expect(parseChoice(text)).toEqual([3]);
  });

  it.each(['3-2', '3.2', '3，2', '3、2', '3 2', '3－2', '3—2', '3之2', '三之二', '三 二', '选3-2'])(
    'reads %j as three, then two',
    (text) => {
      expect(parseChoice(text)).toEqual([3, 2]);
    },
  );

  it.each([
    ['0', [0]],
    ['零', [0]],
    ['十', [10]],
    ['十二', [12]],
    ['二十', [20]],
    ['九十九', [99]],
    ['三二', [32]],
    ['32', [32]],
    ['一一零', [110]],
    ['幺幺〇', [110]],
    ['12110', [12110]],
    ['3-3-1', [3, 3, 1]],
  ])('reads %j as %j', (text, choice) => {
    expect(parseChoice(text)).toEqual(choice);
  });

  it.each([
    '',
    '。',
    '#',
    '110报警',
    '1个月',
    '3天',
    '二手车',
    '一下',
    '三轮车',
    '3号线',
    '十几',
    '￥100',
    '+1',
    '8:30',
    '2026-11-22',
    '0753-2110000',
    '13800138000',
    '441402199001011234',
    '三'.repeat(100),
  ])('does not read %j as a choice', (text) => {
    expect(parseChoice(text)).toBeNull();
  });
});
