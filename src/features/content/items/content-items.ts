import { z } from 'zod';
import { compareCodeUnits } from '../../../core/canonical-json.js';
import { OperationalError } from '../../../core/errors.js';
import { contentSchema, type Content, type MenuNode } from '../../../dialog/content-model.js';
import { singleKinds, type ContentItem, type NodeItem } from './content-item.js';

/** The content, taken apart. Ids that occur twice stay so; the linter finds them. */
export function contentToItems(content: Content): ContentItem[] {
  return [
    { kind: 'settings', id: 'settings', value: content.settings },
    { kind: 'buttons', id: 'buttons', value: content.buttons },
    { kind: 'emergency', id: 'emergency', value: content.emergency },
    { kind: 'synonyms', id: 'synonyms', value: content.synonyms },
    { kind: 'sensitive', id: 'sensitive', value: content.sensitive },
    { kind: 'outside', id: 'outside', value: content.outside },
    ...listNodes(content.tree).map((value) => ({ kind: 'node', id: value.id, value }) as const),
    ...content.replies.map((value) => ({ kind: 'reply', id: value.id, value }) as const),
    ...content.rules.map((value) => ({ kind: 'rule', id: value.id, value }) as const),
    ...content.scenes.map((value) => ({ kind: 'scene', id: value.scene, value }) as const),
  ];
}

function listNodes(tree: readonly MenuNode[]): NodeItem[] {
  const items: NodeItem[] = [];
  const list = (parent: string | undefined, nodes: readonly MenuNode[]) => {
    for (const { children, ...node } of nodes) {
      items.push(parent === undefined ? node : { ...node, parent });
      list(node.id, children);
    }
  };
  list(undefined, tree);
  return items;
}

/** Content without what there may be none of: an older program wrote no such item. */
const singlesSchema = contentSchema.pick({
  settings: true,
  buttons: true,
  emergency: true,
  synonyms: true,
  sensitive: true,
  outside: true,
});

/**
 * The content, put together in its one order: siblings by number, everything else by id. So neither an answer (the
 * earlier of two equal rules wins) nor a file depends on who wrote what first.
 *
 * @throws OperationalError `content_incomplete` without settings or emergency words, or with a node whose parent is
 *   missing.
 */
export function itemsToContent(items: readonly ContentItem[]): Content {
  const singles = new Map<string, unknown>();
  const nodes: NodeItem[] = [];
  const listed: Pick<Content, 'replies' | 'rules' | 'scenes'> = { replies: [], rules: [], scenes: [] };
  for (const item of items) {
    if (item.kind === 'node') nodes.push(item.value);
    else if (item.kind === 'reply') listed.replies.push(item.value);
    else if (item.kind === 'rule') listed.rules.push(item.value);
    else if (item.kind === 'scene') listed.scenes.push(item.value);
    else singles.set(item.kind, item.value);
  }
  return {
    ...parseSingles(singles),
    tree: buildTree(nodes),
    replies: listed.replies.sort(byId),
    rules: listed.rules.sort(byId),
    scenes: listed.scenes.sort((one, other) => compareCodeUnits(one.scene, other.scene)),
  };
}

function parseSingles(singles: ReadonlyMap<string, unknown>) {
  const parsed = singlesSchema.safeParse(
    Object.fromEntries(singleKinds.map((kind) => [kind, singles.get(kind)])),
  );
  if (parsed.success) return parsed.data;
  throw incomplete(z.prettifyError(parsed.error));
}

function buildTree(nodes: readonly NodeItem[]): MenuNode[] {
  const below = new Map<string | undefined, NodeItem[]>();
  for (const node of nodes) {
    const siblings = below.get(node.parent);
    if (siblings) siblings.push(node);
    else below.set(node.parent, [node]);
  }
  let placed = 0;
  const build = (parent: string | undefined): MenuNode[] =>
    (below.get(parent) ?? [])
      .sort((one, other) => one.number - other.number || byId(one, other))
      .map(({ parent: _above, ...node }) => {
        placed += 1;
        return { ...node, children: build(node.id) };
      });
  const tree = build(undefined);
  if (placed === nodes.length) return tree;
  throw incomplete(`${nodes.length - placed} nodes hang nowhere`);
}

function byId(one: { id: string }, other: { id: string }): number {
  return compareCodeUnits(one.id, other.id);
}

function incomplete(reason: string): OperationalError {
  return new OperationalError('content_incomplete', `these items are no content: ${reason}`);
}
