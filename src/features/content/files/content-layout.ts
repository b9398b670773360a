import { z } from 'zod';
import { contentId, contentSchema, keywordRuleSchema, replySchema } from '../../../dialog/content-model.js';

/**
 * Where the content of an account lies under a root folder:
 * - `menus/<account>/settings.yaml`, `tree.yaml`, `emergency.yaml`, and where wanted `buttons.yaml`,
 *   `scenes.yaml`, `synonyms.yaml`, `sensitive.yaml` and `outside.yaml`, each holding the value of that key;
 * - `replies/<account>/*.yaml`, each with `replies` and `rules`; how they are spread over files says nothing.
 */
export const menuSchemas = {
  settings: contentSchema.shape.settings,
  tree: contentSchema.shape.tree,
  buttons: contentSchema.shape.buttons,
  scenes: contentSchema.shape.scenes,
  emergency: contentSchema.shape.emergency,
  synonyms: contentSchema.shape.synonyms,
  sensitive: contentSchema.shape.sensitive,
  outside: contentSchema.shape.outside,
} as const;

export type MenuKey = keyof typeof menuSchemas;

export const menuKeys = [
  'settings',
  'tree',
  'buttons',
  'scenes',
  'emergency',
  'synonyms',
  'sensitive',
  'outside',
] as const satisfies MenuKey[];

/** One file of `replies/<account>/`. */
export const repliesFileSchema = z.strictObject({
  replies: z.array(replySchema).default([]),
  rules: z.array(keywordRuleSchema).default([]),
});

export function menusFolder(accountId: string): string {
  return `menus/${checkAccountId(accountId)}`;
}

export function repliesFolder(accountId: string): string {
  return `replies/${checkAccountId(accountId)}`;
}

export function menuFile(accountId: string, key: MenuKey): string {
  return `${menusFolder(accountId)}/${key}.yaml`;
}

/** The id becomes part of a path. */
function checkAccountId(accountId: string): string {
  return contentId.parse(accountId);
}
