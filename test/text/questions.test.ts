import { describe, expect, it } from '@jest/globals';
import { isRequest } from '../../src/text/questions.js';

describe('isRequest', () => {
  it.each([
    '身份证怎么补',
    '派出所喺边度',
    '周末上班不',
    '户口要销',
    'hukou zenme qian',
    '能不能代办',
    '去奈里办',
  ])('takes %s for one', (clause) => {
    expect(isRequest(clause)).toBe(true);
  });

  it.each(['外地来的', '我爷爷上月走了', '我在惠州上班', '身份证上面的字写错了'])(
    'does not take %s for one',
    (clause) => {
      expect(isRequest(clause)).toBe(false);
    },
  );
});
