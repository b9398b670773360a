import { z } from 'zod';
import {
  buttonMenuSchema,
  contentId,
  emergencySchema,
  keywordRuleSchema,
  outsideSchema,
  replySchema,
  sceneSchema,
  sensitiveSchema,
  settingsSchema,
  synonymsSchema,
} from '../../../dialog/content-model.js';

/** A node of the menu tree by itself: it names the node above it and knows nothing of those below. */
export const nodeItemSchema = z
  .strictObject({
    id: contentId,
    /** Absent on the first level. */
    parent: contentId.optional(),
    number: z.int().min(1).max(99),
    title: z.string().trim().min(1).max(20),
    reply: contentId.optional(),
    form: contentId.optional(),
  })
  .refine(({ form, reply }) => form === undefined || reply === undefined, {
    error: '打开表单的节点不能再有 reply',
    path: ['form'],
  });

/** What there is one of; its id is its kind. */
export const singleKinds = ['settings', 'buttons', 'emergency', 'synonyms', 'sensitive', 'outside'] as const;
/** What there is many of, each under its own id. */
export const listedKinds = ['node', 'reply', 'rule', 'scene'] as const;
export const itemKinds = [...singleKinds, ...listedKinds] as const;

export type SingleKind = (typeof singleKinds)[number];
export type ItemKind = (typeof itemKinds)[number];

const itemUnion = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('settings'), id: z.literal('settings'), value: settingsSchema }),
  z.strictObject({ kind: z.literal('buttons'), id: z.literal('buttons'), value: buttonMenuSchema }),
  z.strictObject({ kind: z.literal('emergency'), id: z.literal('emergency'), value: emergencySchema }),
  z.strictObject({ kind: z.literal('synonyms'), id: z.literal('synonyms'), value: synonymsSchema }),
  z.strictObject({ kind: z.literal('sensitive'), id: z.literal('sensitive'), value: sensitiveSchema }),
  z.strictObject({ kind: z.literal('outside'), id: z.literal('outside'), value: outsideSchema }),
  z.strictObject({ kind: z.literal('node'), id: contentId, value: nodeItemSchema }),
  z.strictObject({ kind: z.literal('reply'), id: contentId, value: replySchema }),
  z.strictObject({ kind: z.literal('rule'), id: contentId, value: keywordRuleSchema }),
  z.strictObject({ kind: z.literal('scene'), id: sceneSchema.shape.scene, value: sceneSchema }),
]);

/**
 * A piece of content that is edited, reviewed and compared by itself. All the content of an account is its items,
 * in any order.
 */
export type ContentItem = z.output<typeof itemUnion>;
export type NodeItem = z.output<typeof nodeItemSchema>;

export const contentItemSchema = itemUnion.refine((item) => ownId(item) === item.id, {
  error: '标识与内容里写的不同',
  path: ['id'],
});

function ownId(item: ContentItem): string {
  switch (item.kind) {
    case 'node':
    case 'reply':
    case 'rule':
      return item.value.id;
    case 'scene':
      return item.value.scene;
    case 'settings':
    case 'buttons':
    case 'emergency':
    case 'synonyms':
    case 'sensitive':
    case 'outside':
      return item.kind;
  }
}

/** Where an item stands among all items of an account. */
export interface ItemRef {
  kind: ItemKind;
  id: string;
}

/** One word for an item. No kind holds a colon, so no two items share it. */
export function itemKey({ kind, id }: ItemRef): string {
  return `${kind}:${id}`;
}

export function isSingle(kind: ItemKind): kind is SingleKind {
  return singleKinds.some((single) => single === kind);
}

/** The fields of a keyword rule that hold what leads to its target. */
export const wordingFields = ['whole', 'contains', 'patterns', 'questions'] as const;

const titledSchema = z.object({ title: z.string() });
const ruleWordsSchema = z.object({
  questions: z.array(z.string()).default([]),
  whole: z.array(z.string()).default([]),
  contains: z.array(z.string()).default([]),
});

/** Under which name a clerk knows the item; its value may be of an older schema. */
export function titleOfItem({ kind, id, value }: ItemRef & { value: unknown }): string {
  if (isSingle(kind)) return singleTitles[kind];
  if (kind !== 'rule') return titledSchema.safeParse(value).data?.title ?? id;
  const { data: words } = ruleWordsSchema.safeParse(value);
  return (words && [...words.whole, ...words.contains, ...words.questions][0]) ?? id;
}

const singleTitles: Readonly<Record<SingleKind, string>> = {
  settings: '设置',
  buttons: '底部菜单',
  emergency: '紧急求助',
  synonyms: '同义词',
  sensitive: '敏感词',
  outside: '不归本号管的问法',
};
