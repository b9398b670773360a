import { describe, expect, it } from '@jest/globals';
import {
  MenuError,
  assertValidMenu,
  findMenuFaults,
  type LeafButton,
} from '../../../src/wechat/client/platform-menu.js';

const leaf = (name: string, key = 'node:a'): LeafButton => ({ name, type: 'click', key });

describe('findMenuFaults', () => {
  it('finds nothing in a menu that just keeps to every limit', () => {
    const sub = Array.from({ length: 5 }, () => leaf('二'.repeat(20), 'k'.repeat(128)));
    const url = `https://a.cn/${'x'.repeat(1024 - 'https://a.cn/'.length)}`;
    const button = [
      { name: '五个汉字x', sub_button: sub },
      { name: '网', type: 'view' as const, url },
      leaf('一'),
    ];
    expect(findMenuFaults({ button })).toEqual([]);
  });

  it('names every fault and where it is, not only the first', () => {
    const faults = findMenuFaults({
      button: [
        leaf('六个汉字太长'),
        { name: '空', sub_button: [] },
        {
          name: '满',
          sub_button: [
            leaf(''),
            leaf('子'.repeat(21)),
            leaf('c', '键'.repeat(43)),
            leaf('d'),
            leaf('e'),
            leaf('f'),
          ],
        },
        { name: 'x', type: 'view', url: `https://a.cn/${'字'.repeat(400)}` },
      ],
    });
    expect(faults.map(({ path, rule, limit, actual }) => [path, rule, limit, actual])).toEqual([
      ['button', 'too_many', 3, 4],
      ['button[0]', 'name_too_long', 16, 18],
      ['button[1].sub_button', 'too_few', 1, 0],
      ['button[2].sub_button', 'too_many', 5, 6],
      ['button[2].sub_button[0]', 'name_missing', 60, 0],
      ['button[2].sub_button[1]', 'name_too_long', 60, 63],
      ['button[2].sub_button[2]', 'key_too_long', 128, 129],
      ['button[3]', 'url_too_long', 1024, 1213],
    ]);
  });

  it('counts the link of a mini-program button, too', () => {
    const url = `https://a.cn/${'x'.repeat(1024)}`;
    const button = [{ name: '小程序', type: 'miniprogram' as const, appid: 'wx1', pagepath: 'pages/a', url }];
    expect(findMenuFaults({ button })).toMatchObject([{ rule: 'url_too_long' }]);
  });
});

describe('assertValidMenu', () => {
  it('tells the editor in Chinese what is wrong', () => {
    expect(() => assertValidMenu({ button: [] })).toThrow(new MenuError(findMenuFaults({ button: [] })));
    expect(() => assertValidMenu({ button: [leaf('六个汉字太长'), leaf('')] })).toThrow(
      '按钮「六个汉字太长」的名称太长：最多 16 字节（一个汉字 3 字节），现在 18 字节；有按钮还没有名称',
    );
  });
});
