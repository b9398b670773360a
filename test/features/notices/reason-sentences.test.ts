import { describe, expect, it } from '@jest/globals';
import { sayReason } from '../../../src/features/notices/reason-sentences.js';

describe('a reason', () => {
  it.each([
    ['no_window', '48 小时内没有给公众号发过消息，客服消息发不了'],
    ['unreachable:receiver_permanent:43019', '以前就联系不上：在公众号的黑名单里'],
    ['missing_value:姓名', '没有“姓名”的内容'],
    ['bad_value:thing1', '“thing1”的内容不合模板的规定'],
    ['content:47003:thing1', '模板的内容不合规定：thing1'],
    ['content:53501', '微信不接受这个内容（错误码 53501）'],
    ['unknown:99999', '微信拒绝了（错误码 99999）'],
    ['transient:-1', '微信繁忙'],
    ['report:user block', '用户拒收公众号的消息'],
    ['mass:err(20002)', '微信认为内容低俗，没有发出'],
    ['picture:platform_timeout', '图片没能交给微信：微信没有及时回答，不知道有没有送到'],
    ['something_new', '没有成功（something_new）'],
    ['constructor', '没有成功（constructor）'],
  ])('%s is said as “%s”', (reason, sentence) => {
    expect(sayReason(reason)).toBe(sentence);
  });
});
