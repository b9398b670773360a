import { describe, expect, it } from '@jest/globals';
import { testPlatform, type TestPlatform } from '../fixture.js';

const leaf = { name: '办事', type: 'click', key: 'node:guides' };
const times = (count: number, button: object = leaf) => Array.from({ length: count }, () => button);
const parent = (children: object[]) => ({ name: '更多', sub_button: children });

function create(platform: TestPlatform, button: unknown): number | undefined {
  return platform.call('POST', '/cgi-bin/menu/create', { button }).errcode;
}

describe('the button menu', () => {
  it.each<[string, number, unknown]>([
    ['three buttons with five below each', 0, times(3, parent(times(5)))],
    ['no button', 40016, []],
    ['four buttons', 40016, times(4)],
    ['six buttons below one', 40023, [parent(times(6))]],
    ['a third level', 40022, [parent([parent(times(1))])]],
    ['a name of 16 bytes', 0, [{ ...leaf, name: '办事指南吧a' }]],
    ['a name of 18 bytes', 40018, [{ ...leaf, name: '办事指南大全' }]],
    ['no name', 40018, [{ ...leaf, name: '' }]],
    ['a name of 60 bytes below', 0, [parent([{ ...leaf, name: '办'.repeat(20) }])]],
    ['a name of 61 bytes below', 40025, [parent([{ ...leaf, name: `${'办'.repeat(20)}a` }])]],
    ['a key of 128 bytes', 0, [{ ...leaf, key: 'k'.repeat(128) }]],
    ['a key of 129 bytes', 40019, [{ ...leaf, key: 'k'.repeat(129) }]],
    ['a key of 129 bytes below', 40026, [parent([{ ...leaf, key: 'k'.repeat(129) }])]],
    ['no key', 40019, [{ name: '办事', type: 'click' }]],
    ['an address of 1,024 bytes', 0, [{ name: '办', type: 'view', url: `https://a.cn/${'p'.repeat(1011)}` }]],
    [
      'an address of 1,025 bytes',
      40020,
      [{ name: '办', type: 'view', url: `https://a.cn/${'p'.repeat(1012)}` }],
    ],
    [
      'a long address below',
      40027,
      [parent([{ name: '办', type: 'view', url: `https://a.cn/${'p'.repeat(1012)}` }])],
    ],
    ['an address that is none', 40055, [{ name: '办', type: 'view', url: 'ftp://a.cn/' }]],
    ['an address below that is none', 40054, [parent([{ name: '办', type: 'view', url: 'a.cn' }])]],
    ['an unknown type', 40017, [{ ...leaf, type: 'shake' }]],
    ['an unknown type below', 40024, [parent([{ ...leaf, type: 'shake' }])]],
    [
      'a mini-program',
      0,
      [{ name: '办', type: 'miniprogram', url: 'https://a.cn/', appid: 'wx1', pagepath: 'p' }],
    ],
    ['a mini-program without its app id', 40013, [{ name: '办', type: 'miniprogram', url: 'https://a.cn/' }]],
    ['material without its id', 40007, [{ name: '办', type: 'media_id' }]],
  ])('with %s is answered %i', (_what, errcode, button) => {
    expect(create(testPlatform(), button)).toBe(errcode);
  });

  it('refuses Chinese that is written as \\u escapes: 40033', () => {
    const platform = testPlatform();
    const { access_token } = platform.sandbox.api.tokens.issueStable(
      'pingan-meizhou',
      platform.clock.now(),
      false,
      '',
    );
    const body = '{"button":[{"name":"\\u529e\\u4e8b","type":"click","key":"k"}]}';
    expect(platform.raw('POST', '/cgi-bin/menu/create', { access_token }, body).errcode).toBe(40033);
  });

  it('keeps what was there when a new one is refused', () => {
    const platform = testPlatform();
    create(platform, [leaf]);
    create(platform, []);
    expect(platform.call('GET', '/cgi-bin/menu/get').menu).toEqual({ button: [{ ...leaf, sub_button: [] }] });
  });

  it('is missed with 46003 before it is made and after it is deleted', () => {
    const platform = testPlatform();
    expect(platform.call('GET', '/cgi-bin/menu/get').errcode).toBe(46003);
    create(platform, [leaf]);
    expect(platform.call('GET', '/cgi-bin/menu/delete').errcode).toBe(0);
    expect(platform.call('GET', '/cgi-bin/menu/get').errcode).toBe(46003);
  });

  it('is described in the words of get_current_selfmenu_info', () => {
    const platform = testPlatform();
    create(platform, [leaf, parent([leaf])]);
    expect(platform.call('GET', '/cgi-bin/get_current_selfmenu_info')).toMatchObject({
      is_menu_open: 1,
      selfmenu_info: { button: [leaf, { name: '更多', sub_button: { list: [leaf] } }] },
    });
  });
});
