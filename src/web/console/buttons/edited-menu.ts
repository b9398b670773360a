import type { ButtonMenu } from '../../../api-types/content-values.js';
import { buttonActions } from '../draft/content-words.js';
import { toTarget, toTargetDraft, type TargetDraft } from '../draft/target.js';

/** A button that does something itself. */
export type LeafButton = Exclude<ButtonMenu[number], { buttons: unknown }>;

/** What a press does, in the order in which it is offered. */
export const buttonKinds = {
  opens: '打开菜单项、回复或表单',
  url: '打开网页',
  miniProgram: '打开小程序',
  ...buttonActions,
};
export type ButtonKind = keyof typeof buttonKinds;

/** A button while it is edited: what it is not used for is kept, so that nothing typed is lost. */
export interface EditedButton {
  /** Tells it from the others while it moves. */
  key: number;
  name: string;
  kind: ButtonKind;
  target: TargetDraft;
  url: string;
  appId: string;
  pagePath: string;
  fallbackUrl: string;
  /** Those above it, on the first level; where there are some, it only opens them. */
  children: EditedButton[];
}

/** WeChat: three buttons at the bottom, five above each (`menu/create`). */
export const mostButtons = { top: 3, sub: 5 } as const;
/** Bytes of UTF-8 in a name (`menu/create`); a Chinese character has three. */
export const nameBytes = { top: 16, sub: 60 } as const;

let lastKey = 0;

export function newButton(name = '新按钮'): EditedButton {
  const target = { kind: 'node', id: '' } as const;
  const texts = { url: '', appId: '', pagePath: '', fallbackUrl: '' };
  return { key: (lastKey += 1), name, kind: 'opens', target, ...texts, children: [] };
}

export function editMenu(menu: ButtonMenu): EditedButton[] {
  return menu.map((button) =>
    'buttons' in button
      ? { ...newButton(button.name), children: button.buttons.map(editLeaf) }
      : editLeaf(button),
  );
}

function editLeaf(button: LeafButton): EditedButton {
  const fresh = newButton(button.name);
  if ('url' in button) return { ...fresh, kind: 'url', url: button.url };
  if ('miniProgram' in button) return { ...fresh, kind: 'miniProgram', ...button.miniProgram };
  const kind = 'action' in button ? button.action : 'opens';
  return { ...fresh, kind, ...('opens' in button && { target: toTargetDraft(button.opens) }) };
}

/** As the content keeps it. */
export function toContent(menu: readonly EditedButton[]): ButtonMenu {
  return menu.map((button) =>
    button.children.length > 0
      ? { name: button.name.trim(), buttons: button.children.map(toLeaf) }
      : toLeaf(button),
  );
}

function toLeaf({ kind, target, url, appId, pagePath, fallbackUrl, ...button }: EditedButton): LeafButton {
  const name = button.name.trim();
  switch (kind) {
    case 'opens':
      return { name, opens: toTarget(target) };
    case 'url':
      return { name, url };
    case 'miniProgram':
      return { name, miniProgram: { appId, pagePath, fallbackUrl } };
    case 'scancode_push':
    case 'scancode_waitmsg':
      return { name, action: kind, opens: toTarget(target) };
    case 'pic_sysphoto':
    case 'pic_photo_or_album':
    case 'pic_weixin':
    case 'location_select':
      return { name, action: kind };
  }
}

/** In bytes of UTF-8. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** What is wrong with a button before the server is asked; empty: nothing. */
export function findFaults(button: EditedButton, level: 'top' | 'sub'): string[] {
  const { name, kind, target, url, appId, pagePath, fallbackUrl, children } = button;
  const faults: string[] = [];
  if (name.trim() === '') faults.push('请写名称');
  if (byteLength(name.trim()) > nameBytes[level]) faults.push(`名称最多 ${nameBytes[level]} 字节`);
  if (children.length > 0) return faults;
  const opens = kind === 'opens' || kind === 'scancode_push' || kind === 'scancode_waitmsg';
  if (opens && target.id === '') faults.push('请选打开什么');
  if (kind === 'url' && !isWebAddress(url)) faults.push('请写 http 或 https 开头的网址');
  if (kind === 'miniProgram' && (appId === '' || pagePath === '' || !isWebAddress(fallbackUrl)))
    faults.push('小程序要写 AppID、页面，和 http 或 https 开头的备用网址');
  return faults;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}

/** The list with one element at another place. */
export function moveElement<Element>(list: readonly Element[], from: number, to: number): Element[] {
  const element = list[from];
  if (element === undefined || to < 0 || to >= list.length) return [...list];
  const rest = list.filter((_, index) => index !== from);
  return [...rest.slice(0, to), element, ...rest.slice(to)];
}
