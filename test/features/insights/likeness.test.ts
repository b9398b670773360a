import { describe, expect, it } from '@jest/globals';
import { alike, likenessOf, pairLikeness } from '../../../src/features/insights/likeness.js';

function compare(one: string, other: string): number {
  const terms = (text: string) => pairLikeness.termsOf(pairLikeness.formOf(text));
  return likenessOf(terms(one), terms(other));
}

describe('the likeness of questions', () => {
  it('is one form for what differs in politeness and script', () => {
    expect(pairLikeness.formOf('您好请问广场上的鸽子归谁喂呢')).toBe(
      pairLikeness.formOf('廣場上的鴿子歸誰喂'),
    );
  });

  it.each([
    ['广场上的鸽子归谁喂', '广场的鸽子是谁来喂的'],
    ['公积金怎么提取', '提取公积金怎么弄'],
    ['宠物狗办证要多少钱', '宠物狗办证多少钱啊'],
    ['老人机收不到验证码咋办', '我的老人机收不到验证码'],
  ])('is great between %s and %s', (one, other) => {
    expect(compare(one, other)).toBeGreaterThanOrEqual(alike);
  });

  it.each([
    ['广场上的鸽子归谁喂', '广场舞太吵归谁管'],
    ['公积金怎么提取', '社保怎么提取'],
    ['宠物狗办证要多少钱', '宠物猫走丢了怎么找'],
    ['公积金怎么提取', '公积金在哪里查询'],
    ['快递丢了', '丢了怎么办'],
  ])('is small between %s and %s', (one, other) => {
    expect(compare(one, other)).toBeLessThan(alike);
  });

  it('is nothing where nothing is asked', () => {
    expect(compare('〔手机号〕', '〔身份证号〕')).toBe(0);
  });
});
