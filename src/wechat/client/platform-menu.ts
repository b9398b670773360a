import { z } from 'zod';
import { UserError } from '../../core/errors.js';
import { menuLimits } from './limits.js';

/** A button that does something. Field names are the platform's own ("Create custom menu"). */
export type LeafButton = { name: string } & (
  | {
      type:
        | 'click'
        | 'scancode_push'
        | 'scancode_waitmsg'
        | 'pic_sysphoto'
        | 'pic_photo_or_album'
        | 'pic_weixin'
        | 'location_select';
      /** Comes back in the event when the button is pressed. */
      key: string;
    }
  | { type: 'view'; url: string }
  /** `url` is what clients too old for mini-programs open. */
  | { type: 'miniprogram'; appid: string; pagepath: string; url: string }
  | { type: 'media_id' | 'view_limited'; media_id: string }
  | { type: 'article_id' | 'article_view_limited'; article_id: string }
);

export interface ButtonGroup {
  name: string;
  sub_button: LeafButton[];
}

/** The three buttons at the bottom of the chat, as `menu/create` takes them. */
export interface PlatformMenu {
  button: (LeafButton | ButtonGroup)[];
}

const storedLeafSchema = z.looseObject({
  name: z.string(),
  type: z.string().optional(),
  key: z.string().optional(),
  url: z.string().optional(),
});

/** A menu as `menu/get` gives it back: with fields that were never sent, such as an empty `sub_button`. */
export const storedMenuSchema = z.looseObject({
  button: z.array(storedLeafSchema.extend({ sub_button: z.array(storedLeafSchema).optional() })),
});

export type StoredMenu = z.infer<typeof storedMenuSchema>;

export interface MenuFault {
  /** Where: `button[0].sub_button[2]`, or `button` for the menu itself. */
  path: string;
  rule: 'too_few' | 'too_many' | 'name_missing' | 'name_too_long' | 'key_too_long' | 'url_too_long';
  /** The buttons allowed, or the bytes of UTF-8. */
  limit: number;
  actual: number;
  /** For the person who edits the menu. */
  sentence: string;
}

/** The platform would refuse this menu. `faults` names everything that is wrong, not only the first. */
export class MenuError extends UserError {
  readonly faults: readonly MenuFault[];

  constructor(faults: readonly MenuFault[]) {
    super('menu_invalid', faults.map((fault) => fault.sentence).join('；'), { details: { faults } });
    this.faults = faults;
  }
}

/** @throws MenuError */
export function assertValidMenu(menu: PlatformMenu): void {
  const faults = findMenuFaults(menu);
  if (faults.length > 0) throw new MenuError(faults);
}

/** Everything about `menu` that the platform's limits forbid; empty if it may be sent. */
export function findMenuFaults({ button: buttons }: PlatformMenu): MenuFault[] {
  return [
    ...checkCount('button', '底部菜单', buttons.length, menuLimits.buttons),
    ...buttons.flatMap((button, index) => {
      const path = `button[${index}]`;
      const faults = checkName(path, button.name, menuLimits.nameBytes);
      return 'sub_button' in button
        ? [...faults, ...checkGroup(path, button)]
        : [...faults, ...checkTarget(path, button)];
    }),
  ];
}

function checkGroup(path: string, { name, sub_button: buttons }: ButtonGroup): MenuFault[] {
  return [
    ...checkCount(`${path}.sub_button`, `「${name}」`, buttons.length, menuLimits.subButtons),
    ...buttons.flatMap((button, index) => {
      const subPath = `${path}.sub_button[${index}]`;
      return [...checkName(subPath, button.name, menuLimits.subNameBytes), ...checkTarget(subPath, button)];
    }),
  ];
}

function checkCount(path: string, title: string, actual: number, limit: number): MenuFault[] {
  if (actual < 1) return [{ path, rule: 'too_few', limit: 1, actual, sentence: `${title}里还没有按钮` }];
  if (actual <= limit) return [];
  return [
    { path, rule: 'too_many', limit, actual, sentence: `${title}最多 ${limit} 个按钮，现在有 ${actual} 个` },
  ];
}

function checkName(path: string, name: string, limit: number): MenuFault[] {
  if (name === '') return [{ path, rule: 'name_missing', limit, actual: 0, sentence: '有按钮还没有名称' }];
  return checkBytes(path, 'name_too_long', name, limit, `按钮「${name}」的名称`);
}

function checkTarget(path: string, button: LeafButton): MenuFault[] {
  const { key, url } = { key: '', url: '', ...button };
  return [
    ...checkBytes(path, 'key_too_long', key, menuLimits.keyBytes, `按钮「${button.name}」的标识`),
    ...checkBytes(path, 'url_too_long', url, menuLimits.urlBytes, `按钮「${button.name}」的链接`),
  ];
}

function checkBytes(
  path: string,
  rule: MenuFault['rule'],
  text: string,
  limit: number,
  what: string,
): MenuFault[] {
  const actual = Buffer.byteLength(text, 'utf8');
  if (actual <= limit) return [];
  return [
    {
      path,
      rule,
      limit,
      actual,
      sentence: `${what}太长：最多 ${limit} 字节（一个汉字 3 字节），现在 ${actual} 字节`,
    },
  ];
}
