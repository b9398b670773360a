import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { buttonMenuSchema } from '../../../../src/api-types/content-values.js';
import {
  editMenu,
  findFaults,
  moveElement,
  newButton,
  toContent,
} from '../../../../src/web/console/buttons/edited-menu.js';
import { compareMenus } from '../../../../src/web/console/buttons/menu-lines.js';
import { pressButton } from '../../../../src/web/console/buttons/press-button.js';

const everyKind = buttonMenuSchema.parse([
  { name: '办事', buttons: [{ name: '护照', opens: { node: 'passport' } }] },
  { name: '官网', url: 'https://www.meizhou.gov.cn' },
  {
    name: '更多',
    buttons: [
      { name: '小程序', miniProgram: { appId: 'wx1', pagePath: 'a/b', fallbackUrl: 'https://a.cn' } },
      { name: '扫一扫', action: 'scancode_waitmsg', opens: { reply: 'scan' } },
      { name: '发位置', action: 'location_select' },
      { name: '留言', opens: { form: 'message' } },
    ],
  },
]);

describe('the bottom menu while it is edited', () => {
  it('is, unchanged, what it was: the sample, and every kind of button', () => {
    const sample = buttonMenuSchema.parse(parse(readFileSync('menus/pingan-meizhou/buttons.yaml', 'utf8')));
    expect(sample.length).toBeGreaterThan(0);
    for (const menu of [sample, everyKind]) expect(toContent(editMenu(menu))).toEqual(menu);
  });

  it('counts names in bytes, fewer on the first level', () => {
    const button = { ...newButton('一二三四五六'), kind: 'url' as const, url: 'https://a.cn' };
    expect(findFaults(button, 'top')).toEqual(['名称最多 16 字节']);
    expect(findFaults(button, 'sub')).toEqual([]);
  });

  it('asks for what a kind of button needs, unless it only opens others', () => {
    const button = newButton('办事');
    expect(findFaults(button, 'top')).toEqual(['请选打开什么']);
    expect(findFaults({ ...button, children: [newButton()] }, 'top')).toEqual([]);
    expect(findFaults({ ...button, kind: 'url', url: 'javascript:1' }, 'top')).toHaveLength(1);
  });

  it('moves an element among its neighbours and no further', () => {
    expect(moveElement(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
    expect(moveElement(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
    expect(moveElement(['a', 'b'], 1, 2)).toEqual(['a', 'b']);
  });
});

describe('a press on the phone', () => {
  it('sends what the platform would send', () => {
    expect(pressButton({ name: '护照', opens: { node: 'passport' } })).toEqual({
      kind: 'click',
      key: 'node:passport',
    });
    expect(pressButton({ name: '发位置', action: 'location_select' })).toMatchObject({ kind: 'location' });
    expect(pressButton({ name: '官网', url: 'https://a.cn' })).toBeUndefined();
  });
});

describe('two menus side by side', () => {
  it('tell what is to be published and what the platform still shows', () => {
    const button = (name: string, key: string) => ({ name, type: 'click', key });
    const menu = (...below: unknown[]) => ({ button: [{ name: '办事', sub_button: below }] });
    expect(
      compareMenus(menu(button('护照', 'node:passport')), menu(button('通行证', 'node:permit'))),
    ).toEqual([
      { kind: 'same', text: '办事' },
      { kind: 'shown', text: '　通行证：打开 node:permit' },
      { kind: 'wanted', text: '　护照：打开 node:passport' },
    ]);
    expect(compareMenus({ button: [button('护照', 'node:passport')] }, null)).toEqual([
      { kind: 'wanted', text: '护照：打开 node:passport' },
    ]);
  });
});
