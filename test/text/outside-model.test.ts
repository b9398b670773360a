import { describe, expect, it } from '@jest/globals';
import { finishSlices } from '../../src/core/finish-slices.js';
import { learnOutside } from '../../src/text/outside-model.js';

const things = ['身份证', '护照', '户口簿', '驾驶证', '居住证', '号牌'];
const deeds = ['丢失', '到期', '补办', '换领'];
const inside = things.flatMap((thing) => deeds.map((deed) => [thing, deed, '怎么办']));
const outside = ['医保卡', '公积金', '毕业证', '快递', '水费', '房产证'].flatMap((thing) =>
  deeds.map((deed) => [thing, deed, '怎么办']),
);

describe('the model of what is outside', () => {
  const model = finishSlices(learnOutside(inside, outside));

  it('tells one business from another by its things, whatever is done with them', () => {
    expect(model.weigh(['医保卡', '丢失'])).toBeGreaterThan(1);
    expect(model.weigh(['身份证', '丢失'])).toBeLessThan(-1);
  });

  it('lets words that nobody has seen and ways of asking count for nothing', () => {
    expect(model.weigh(['医保卡', '多少钱', '？'])).toBe(model.weigh(['医保卡']));
    expect(Math.abs(model.weigh(['月亮', '代表']))).toBeLessThan(1);
  });

  it('learns the same from the same', () => {
    expect(finishSlices(learnOutside(inside, outside)).weigh(['快递', '到期'])).toBe(
      model.weigh(['快递', '到期']),
    );
  });

  it('takes everything for inside where hardly anything is listed as outside', () => {
    expect(finishSlices(learnOutside(inside, outside.slice(0, 3))).weigh(['医保卡'])).toBeLessThan(-1);
  });
});
