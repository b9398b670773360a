import { describe, expect, it } from '@jest/globals';
import { dropPlaceholders, putPlaceholders } from '../../../src/features/insights/personal-placeholders.js';
import { normaliseText } from '../../../src/text/normalise.js';

function mask(text: string): string {
  return putPlaceholders(normaliseText(text));
}

describe('numbers that lead to a person', () => {
  it.each([
    ['我的身份证441402199001011234丢了', '我的身份证〔身份证号〕丢了'],
    ['身份证 44140219900101123X', '身份证 〔身份证号〕'],
    ['号码４４１４０２１９９００１０１１２３４', '号码〔身份证号〕'],
    ['44140 21990 01011 234 查一下', '〔身份证号〕 查一下'],
    ['旧证441402900101123', '旧证〔号码〕'],
    ['打13800138000找我', '打〔手机号〕找我'],
    ['打 138-0013-8000 或+86 138 0013 8000', '打 〔手机号〕 或+〔手机号〕'],
    ['卡号6222 0202 0011 2233 445被冻结', '卡号〔银行卡号〕被冻结'],
    ['粤M12345违章', '〔车牌〕违章'],
    ['粤m·D12345和粤MF12345年检', '〔车牌〕和〔车牌〕年检'],
    ['粤M1234学', '〔车牌〕'],
    ['受理编号20261122000123', '受理编号〔号码〕'],
    ['座机07532345678', '座机〔号码〕'],
    ['我电话一三八零零一三八零零零', '我电话〔号码〕'],
  ])('%s becomes %s', (text, masked) => {
    expect(mask(text)).toBe(masked);
  });

  it.each([
    '110是什么',
    '打12345没人接',
    '12110 12123 12345都打过',
    '2026-11-22能办吗',
    '京东的a5章',
    '一九九零年的证',
  ])('%s stays', (text) => {
    expect(mask(text)).toBe(text);
  });

  it('leave no question of their own behind', () => {
    expect(dropPlaceholders(mask('我的车粤M12345怎么年检'))).toBe('我的车 怎么年检');
    expect(dropPlaceholders(mask('13800138000'))).toBe('');
  });
});
