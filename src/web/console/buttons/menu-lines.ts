import { diffArrays } from 'diff';
import { z } from 'zod';
import { buttonActions } from '../draft/content-words.js';

/** A button as the platform tells of it. */
const platformButtonSchema = z.looseObject({
  name: z.string().catch(''),
  type: z.string().optional(),
  key: z.string().optional(),
  url: z.string().optional(),
  appid: z.string().optional(),
  pagepath: z.string().optional(),
});
const platformMenuSchema = z.object({
  button: z.array(platformButtonSchema.extend({ sub_button: z.array(platformButtonSchema).optional() })),
});

export interface MenuLine {
  kind: 'same' | 'wanted' | 'shown';
  text: string;
}

/** Two menus line by line: what both have, what only ours wants, what only the platform shows. */
export function compareMenus(wanted: unknown, shown: unknown): MenuLine[] {
  return diffArrays(linesOf(shown), linesOf(wanted)).flatMap(({ added, removed, value }) =>
    value.map((text): MenuLine => ({ kind: added ? 'wanted' : removed ? 'shown' : 'same', text })),
  );
}

function linesOf(menu: unknown): string[] {
  const read = platformMenuSchema.safeParse(menu);
  if (!read.success) return [];
  return read.data.button.flatMap(({ sub_button: below = [], ...top }) => [
    below.length > 0 ? top.name : lineOf(top),
    ...below.map((button) => `　${lineOf(button)}`),
  ]);
}

function lineOf({ name, type, key, url, appid, pagepath }: z.output<typeof platformButtonSchema>): string {
  const does = [type === undefined ? '' : (typeNames[type] ?? type), key, appid, pagepath, url];
  return `${name}：${does.filter(Boolean).join(' ')}`;
}

const typeNames: Readonly<Record<string, string>> = {
  click: '打开',
  view: '网页',
  miniprogram: '小程序',
  ...buttonActions,
};
