import { z } from 'zod';
import { menuSchema, type PlatformButton, type PlatformMenu } from '../account-state.js';
import { readBody, type PlatformCall, type PlatformEndpoint } from './platform-call.js';
import { menuRules } from './platform-limits.js';
import { PlatformRefusal } from './platform-refusal.js';

export const menuEndpoints: readonly PlatformEndpoint[] = [
  { method: 'POST', path: '/cgi-bin/menu/create', run: createMenu },
  { method: 'GET', path: '/cgi-bin/menu/get', run: getMenu },
  { method: 'GET', path: '/cgi-bin/menu/delete', run: deleteMenu },
  { method: 'GET', path: '/cgi-bin/get_current_selfmenu_info', run: getCurrentMenu },
];

const createBody = z.object({ button: menuSchema });
const leaf = z.object({ sub_button: z.array(z.unknown()).max(0).optional() });
const twoLevels = z.object({ button: z.array(z.object({ sub_button: z.array(leaf).optional() })) });

/** The codes of one level; the second level has its own set. */
const levels = [
  { count: 40016, type: 40017, name: 40018, key: 40019, url: 40020, domain: 40055 },
  { count: 40023, type: 40024, name: 40025, key: 40026, url: 40027, domain: 40054 },
] as const;
type Level = (typeof levels)[number];

/** What each type of button needs. */
const needs: Readonly<Record<string, readonly (keyof PlatformButton)[]>> = {
  click: ['key'],
  view: ['url'],
  scancode_push: ['key'],
  scancode_waitmsg: ['key'],
  pic_sysphoto: ['key'],
  pic_photo_or_album: ['key'],
  pic_weixin: ['key'],
  location_select: ['key'],
  media_id: ['media_id'],
  view_limited: ['media_id'],
  article_id: ['article_id'],
  article_view_limited: ['article_id'],
  miniprogram: ['url', 'appid', 'pagepath'],
};

function createMenu(call: PlatformCall): object {
  if (/\\u[0-9a-f]{4}/i.test(call.rawBody)) throw new PlatformRefusal(40033);
  const { button } = readBody(call, createBody);
  readBody(call, twoLevels, 40022);
  checkMenu(button);
  call.account.state.menu = button;
  call.platform.world.announceAccount(call.account);
  return {};
}

function checkMenu(menu: PlatformMenu): void {
  const [top, second] = levels;
  if (menu.length < 1 || menu.length > menuRules.buttons) throw new PlatformRefusal(top.count);
  for (const button of menu) {
    checkName(button, top, menuRules.nameBytes);
    const children = button.sub_button ?? [];
    if (children.length > menuRules.subButtons) throw new PlatformRefusal(second.count);
    if (children.length === 0) checkLeaf(button, top);
    for (const child of children) {
      checkName(child, second, menuRules.subNameBytes);
      checkLeaf(child, second);
    }
  }
}

function checkName({ name }: PlatformButton, level: Level, limit: number): void {
  if (!fits(name, limit)) throw new PlatformRefusal(level.name);
}

function checkLeaf(button: PlatformButton, level: Level): void {
  const needed = needs[button.type ?? ''];
  if (!needed) throw new PlatformRefusal(level.type);
  const faults = {
    key: fits(button.key, menuRules.keyBytes) ? 0 : level.key,
    url: checkUrl(button.url, level),
    media_id: button.media_id ? 0 : 40007,
    article_id: button.article_id ? 0 : 40007,
    appid: button.appid ? 0 : 40013,
    pagepath: button.pagepath ? 0 : 47001,
    name: 0,
    type: 0,
  } satisfies Record<keyof PlatformButton, number>;
  const fault = needed.map((field) => faults[field]).find((errcode) => errcode !== 0);
  if (fault !== undefined) throw new PlatformRefusal(fault);
}

function checkUrl(url: string | undefined, level: Level): number {
  if (!fits(url, menuRules.urlBytes)) return level.url;
  return /^https?:\/\/[^/]/.test(url ?? '') ? 0 : level.domain;
}

function fits(text: string | undefined, bytes: number): boolean {
  return text !== undefined && text !== '' && Buffer.byteLength(text) <= bytes;
}

function getMenu(call: PlatformCall): object {
  const { menu } = call.account.state;
  if (!menu) throw new PlatformRefusal(46003);
  return { menu: { button: menu.map((button) => ({ ...button, sub_button: button.sub_button ?? [] })) } };
}

function deleteMenu(call: PlatformCall): object {
  call.account.state.menu = null;
  call.platform.world.announceAccount(call.account);
  return {};
}

function getCurrentMenu(call: PlatformCall): object {
  const { menu } = call.account.state;
  return {
    is_menu_open: menu ? 1 : 0,
    selfmenu_info: {
      button: (menu ?? []).map(({ sub_button: children = [], ...button }) =>
        children.length === 0 ? button : { name: button.name, sub_button: { list: children } },
      ),
    },
  };
}
