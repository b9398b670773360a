/** The shared draft of an account as the staff API shows it. Times are ISO 8601 in UTC. */
import { z } from 'zod';
import { replySchema } from './content-phone.js';

const accountId = z.string();
export const editorSchema = z.object({ staffId: z.string(), name: z.string() });

export const itemKinds = [
  'settings',
  'buttons',
  'emergency',
  'synonyms',
  'sensitive',
  'outside',
  'node',
  'reply',
  'rule',
  'scene',
] as const;
const itemKind = z.enum(itemKinds);
const itemId = z.string().min(1).max(64);

export const itemPathSchema = z.object({ accountId, kind: itemKind, id: itemId });
export const nodePathSchema = z.object({ accountId, id: itemId });

/** `id` is the kind itself for what there is one of: settings, buttons, emergency, synonyms, sensitive, outside. */
export const itemSchema = z.object({
  kind: itemKind,
  id: z.string(),
  title: z.string(),
  /** Send it back as `baseVersion` with a change. */
  version: z.int(),
  updatedAt: z.iso.datetime(),
  updatedBy: editorSchema,
  /** Fits the JSON Schema of content; `npm run content -- schema` prints it. A node names its `parent`. */
  value: z.unknown(),
});

export const draftViewSchema = z.object({
  /** Counts the changes of the draft. */
  revision: z.int(),
  updatedAt: z.iso.datetime(),
  updatedBy: editorSchema,
  /** Number of the submission that waits for review; any change of the draft voids it. */
  pending: z.int().nullable(),
  /** The release that citizens get. */
  live: z.object({ number: z.int(), hash: z.string(), updatedAt: z.iso.datetime() }).nullable(),
});

export const levelQuerySchema = z.strictObject({
  /** Id of the node above; absent: the first level. */
  parent: itemId.optional(),
});
export const treeLevelSchema = z.object({
  nodes: z.array(
    z.object({
      item: itemSchema,
      /** How many lie right below it. */
      children: z.int(),
      /** The type of its reply; null: it only lists what lies below. */
      answer: z
        .enum(['text', 'guide', 'articles', 'image', 'voice', 'video', 'music', 'transfer', 'form'])
        .nullable(),
    }),
  ),
});

export const searchQuerySchema = z.strictObject({ text: z.string().trim().min(1).max(100) });
export const foundNodesSchema = z.object({
  /** At most 50. */
  nodes: z.array(
    z.object({
      id: z.string(),
      number: z.int(),
      title: z.string(),
      /** The nodes above it, the highest first. */
      above: z.array(z.object({ id: z.string(), number: z.int(), title: z.string() })),
      /** The word of a keyword rule that it was found by. */
      word: z.string().optional(),
    }),
  ),
});

/** One of them. */
export const usesQuerySchema = z
  .strictObject({
    reply: itemId.exactOptional(),
    node: itemId.exactOptional(),
    form: itemId.exactOptional(),
  })
  .refine((target) => Object.keys(target).length === 1, { error: '请指明一条回复、一个节点或一张表单' });
export const newIdQuerySchema = z.strictObject({ kind: itemKind, title: z.string().min(1).max(100) });
export const newIdSchema = z.object({ id: z.string() });
/** The forms of the program, to which content may lead. */
export const formListSchema = z.object({ forms: z.array(z.object({ id: z.string(), title: z.string() })) });

export const itemsQuerySchema = z.strictObject({
  kind: itemKind,
  /** Occurs in the id, in the title, or in one of the words of a rule. */
  text: z.string().min(1).max(100).optional(),
  /** The `next` of the page before. */
  after: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const itemPageSchema = z.object({ items: z.array(itemSchema), next: z.string().nullable() });

/** Ids of up to 200 items of a kind, with commas between them. */
export const titlesQuerySchema = z.strictObject({
  kind: itemKind,
  ids: z
    .string()
    .max(13_000)
    .transform((ids) => ids.split(','))
    .pipe(z.array(itemId).max(200)),
});
/** By id; those that are not there are left out. */
export const titlesSchema = z.object({ titles: z.record(z.string(), z.string()) });

/** 0: the item is new. */
const baseVersion = z.int().min(0);
export const putItemSchema = z.strictObject({ baseVersion, value: z.unknown() });
export const removeItemSchema = z.strictObject({
  baseVersion: z.coerce.number().int().min(1),
  withChildren: z.enum(['true', 'false']).default('false'),
});
export const moveNodeSchema = z.strictObject({
  baseVersion,
  parent: itemId.nullable(),
  /** Whoever has this number makes way. */
  number: z.int().min(1).max(99),
});
/** Every item that changed; those removed are named in `removed`. */
export const draftOutcomeSchema = z.object({
  revision: z.int(),
  items: z.array(itemSchema),
  removed: z.array(z.object({ kind: itemKind, id: z.string() })),
});

const whereSchema = z.object({
  kind: z.string(),
  id: z.string(),
  field: z.string().optional(),
  path: z.array(z.union([z.string(), z.number()])).readonly(),
});
export const usesSchema = z.object({ uses: z.array(whereSchema.extend({ title: z.string() })) });

export const findingSchema = z.object({
  rule: z.string(),
  severity: z.enum(['error', 'warning', 'notice']),
  where: whereSchema,
  message: z.string(),
});
export const findingsSchema = z.object({ revision: z.int(), findings: z.array(findingSchema) });

export const changeSchema = z.object({
  kind: itemKind,
  id: z.string(),
  title: z.string(),
  op: z.enum(['added', 'removed', 'changed']),
  /** Field and position; empty: the whole item. */
  path: z.array(z.union([z.string(), z.number()])).readonly(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});
/** At most 2,000 changes are listed; `total` says how many there are. */
export const changesSchema = z.object({ total: z.int(), changes: z.array(changeSchema) });

export const draftDiffSchema = changesSchema.extend({
  revision: z.int(),
  baseRelease: z.int(),
  /** How many of them keep the draft from being submitted as a routine fix. */
  weighty: z.int(),
  changes: z.array(changeSchema.extend({ isWeighty: z.boolean() })),
  /** Who had a hand in each item that differs from the live release. */
  authors: z.array(z.object({ kind: itemKind, id: z.string(), people: z.array(editorSchema) })),
});

/** An item as it might be written. */
export const tryItemSchema = z.strictObject({ kind: itemKind, id: itemId, value: z.unknown() });
export const previewSchema = z.strictObject({ id: itemId, value: z.unknown() });
export const replyPreviewSchema = z.object({
  /** One after another, as citizens get them. */
  messages: z.array(replySchema).readonly(),
  /** UTF-8, before it is cut into messages; null: no text. */
  bytes: z.int().nullable(),
  limitBytes: z.int(),
});

/** Texts of YAML files by their path: `menus/<account>/tree.yaml`. */
export const filesSchema = z.object({ files: z.record(z.string().max(200), z.string()) });
export const importSchema = filesSchema.extend({
  /** The draft's revision; 0: there is no draft. */
  baseRevision: z.int().min(0),
});
/** What an import of the files would change in the draft. */
export const importDiffSchema = changesSchema.extend({ revision: z.int() });
export const importOutcomeSchema = z.object({ revision: z.int() });

export const snapshotNameSchema = z.strictObject({ name: z.string().trim().min(1).max(60) });
export const snapshotSchema = z.object({
  id: z.string(),
  name: z.string(),
  hash: z.string(),
  draftRevision: z.int(),
  by: editorSchema,
  at: z.iso.datetime(),
});
export const snapshotListSchema = z.object({ snapshots: z.array(snapshotSchema) });
export const restoreSchema = z.strictObject({ revision: z.int().min(1) });
export const restoredSchema = z.object({ revision: z.int(), changes: z.int() });

export type DraftView = z.output<typeof draftViewSchema>;
export type ItemView = z.output<typeof itemSchema>;
export type ItemKindName = z.output<typeof itemKind>;
export type DraftDiffView = z.output<typeof draftDiffSchema>;
export type ChangeView = z.output<typeof changeSchema>;
export type TreeNodeView = z.output<typeof treeLevelSchema>['nodes'][number];
export type FoundNodeView = z.output<typeof foundNodesSchema>['nodes'][number];
export type UseView = z.output<typeof usesSchema>['uses'][number];
export type FindingView = z.output<typeof findingSchema>;
export type SnapshotView = z.output<typeof snapshotSchema>;
