import { z } from 'zod';
import { compareCodeUnits } from '../../../core/canonical-json.js';
import { OperationalError } from '../../../core/errors.js';
import { finishSlices } from '../../../core/finish-slices.js';
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
  return finishSlices(itemsToContentInSlices(items));
}

/** The same, a few milliseconds at a time. */
export function* itemsToContentInSlices(items: readonly ContentItem[]): Generator<undefined, Content> {
  const singles = new Map<string, unknown>();
  const nodes: NodeItem[] = [];
  const listed: Pick<Content, 'replies' | 'rules' | 'scenes'> = { replies: [], rules: [], scenes: [] };
  for (const [position, item] of items.entries()) {
    if (position % SLICE === 0) yield;
    if (item.kind === 'node') nodes.push(item.value);
    else if (item.kind === 'reply') listed.replies.push(item.value);
    else if (item.kind === 'rule') listed.rules.push(item.value);
    else if (item.kind === 'scene') listed.scenes.push(item.value);
    else singles.set(item.kind, item.value);
  }
  return {
    ...parseSingles(singles),
    tree: yield* buildTree(nodes),
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

/** Items between two pauses. */
const SLICE = 500;

function* buildTree(nodes: readonly NodeItem[]): Generator<undefined, MenuNode[]> {
  const below = new Map<string | undefined, NodeItem[]>();
  for (const [position, node] of nodes.entries()) {
    if (position % SLICE === 0) yield;
    const siblings = below.get(node.parent);
    if (siblings) siblings.push(node);
    else below.set(node.parent, [node]);
  }
  const tree: MenuNode[] = [];
  const levels: [parent: string | undefined, children: MenuNode[]][] = [[undefined, tree]];
  let placed = 0;
  // The levels grow while they are gone through.
  for (const [parent, children] of levels) {
    for (const { parent: _above, ...node } of (below.get(parent) ?? []).sort(byNumber)) {
      const placedNode = { ...node, children: [] };
      children.push(placedNode);
      levels.push([node.id, placedNode.children]);
      placed += 1;
      // An id that occurs twice may hang below itself.
      if (placed > nodes.length) throw incomplete('a node hangs in two places');
      if (placed % SLICE === 0) yield;
    }
  }
  if (placed === nodes.length) return tree;
  throw incomplete(`${nodes.length - placed} nodes hang nowhere`);
}

function byNumber(one: NodeItem, other: NodeItem): number {
  return one.number - other.number || byId(one, other);
}

function byId(one: { id: string }, other: { id: string }): number {
  return compareCodeUnits(one.id, other.id);
}

function incomplete(reason: string): OperationalError {
  return new OperationalError('content_incomplete', `these items are no content: ${reason}`);
}
