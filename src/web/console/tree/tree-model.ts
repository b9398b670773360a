import { nodeValueSchema } from '../../../api-types/content-values.js';
import type { TreeNodeView } from '../../../api-types/content.js';

/** A node of the draft's menu as the tree shows it. */
export interface TreeNode {
  id: string;
  title: string;
  number: number;
  /** null: the first level. */
  parent: string | null;
  /** Of the item. */
  version: number;
  /** How many lie right below it. */
  children: number;
  answer: TreeNodeView['answer'];
  reply: string | undefined;
}

/** The levels that have been loaded, by the node above; each by number. */
export type Levels = ReadonlyMap<string | null, readonly TreeNode[]>;

/** A node that is in sight. */
export interface TreeRow {
  node: TreeNode;
  /** The first level is 1. */
  level: number;
  /** Among its siblings, from 1. */
  position: number;
  siblings: number;
  isOpen: boolean;
  /** What citizens text one after another to get there. */
  numbers: readonly number[];
}

/** Where a node shall go. */
export interface Move {
  parent: string | null;
  /** Whoever has it makes way. */
  number: number;
}

export const highestNumber = 99;

export function toTreeNode({ item, children, answer }: TreeNodeView): TreeNode {
  const read = nodeValueSchema.safeParse(item.value);
  const { number = 0, parent = null, reply } = read.data ?? {};
  return { id: item.id, title: item.title, number, parent, version: item.version, children, answer, reply };
}

/** The nodes in sight from top to bottom: all whose nodes above are open. */
export function listRows(levels: Levels, open: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = [];
  const list = (parent: string | null, above: readonly number[]) => {
    const nodes = levels.get(parent) ?? [];
    for (const [index, node] of nodes.entries()) {
      const numbers = [...above, node.number];
      const isOpen = open.has(node.id) && node.children > 0;
      const place = { level: numbers.length, position: index + 1, siblings: nodes.length };
      rows.push({ node, ...place, isOpen, numbers });
      if (isOpen) list(node.id, numbers);
    }
  };
  list(null, []);
  return rows;
}

export function findNode(levels: Levels, id: string): TreeNode | undefined {
  for (const nodes of levels.values()) {
    const node = nodes.find((one) => one.id === id);
    if (node) return node;
  }
  return undefined;
}

/** Whether a node lies below another, or is it. Nodes above it must have been loaded. */
export function isWithin(levels: Levels, id: string, above: string): boolean {
  let at: string | null = id;
  while (at !== null) {
    if (at === above) return true;
    at = findNode(levels, at)?.parent ?? null;
  }
  return false;
}

/** The number behind all others; where that is taken, the lowest free one. undefined: none is left. */
export function nextNumber(level: readonly TreeNode[]): number | undefined {
  const taken = new Set(level.map(({ number }) => number));
  const behind = Math.max(0, ...taken) + 1;
  if (behind <= highestNumber) return behind;
  return Array.from({ length: highestNumber }, (_, index) => index + 1).find((number) => !taken.has(number));
}

export type Step = 'up' | 'down' | 'out' | 'in';

/** The node whose level must be loaded before the step can be planned; undefined: none. */
export function levelNeeded(levels: Levels, id: string, step: Step): string | undefined {
  return step === 'in' ? neighbour(levels, id, -1)?.id : undefined;
}

/** Where one step among the nodes leads: past a neighbour, behind the node above, or below the neighbour before it. */
export function planStep(levels: Levels, id: string, step: Step): Move | undefined {
  const node = findNode(levels, id);
  if (!node) return undefined;
  const { parent } = node;
  if (step === 'up' || step === 'down') {
    const other = neighbour(levels, id, step === 'up' ? -1 : 1);
    return other && { parent, number: other.number };
  }
  if (step === 'out') {
    const above = parent === null ? undefined : findNode(levels, parent);
    return above && planDrop(levels, { dragged: id, target: above.id, place: 'after' });
  }
  const before = neighbour(levels, id, -1);
  return before && planInside(levels, before);
}

export type DropPlace = 'before' | 'after' | 'inside';

/**
 * Where a node goes that is dropped at another: the number is chosen such that it ends up there once the others have
 * made way. undefined: it cannot go there, or is there already.
 */
export function planDrop(
  levels: Levels,
  { dragged, target, place }: { dragged: string; target: string; place: DropPlace },
): Move | undefined {
  const [node, other] = [findNode(levels, dragged), findNode(levels, target)];
  if (!node || !other || isWithin(levels, target, dragged)) return undefined;
  if (place === 'inside') return planInside(levels, other);
  const { parent } = other;
  const isSibling = node.parent === parent;
  // Neighbours make way towards the place that the node leaves; else upwards, or downwards where nothing is free above.
  const makesWayDown = isSibling
    ? node.number < other.number
    : !hasFreeNumber(levels.get(parent) ?? [], other.number + (place === 'before' ? 0 : 1));
  const number = other.number + (place === 'before' ? 0 : 1) - (makesWayDown ? 1 : 0);
  if (number < 1 || (isSibling && node.number === number)) return undefined;
  return { parent, number };
}

function hasFreeNumber(level: readonly TreeNode[], from: number): boolean {
  const taken = level.filter(({ number }) => number >= from).length;
  return taken < highestNumber - from + 1;
}

/** Behind everything that lies below a node. */
function planInside(levels: Levels, node: TreeNode): Move | undefined {
  if (node.answer === 'form') return undefined;
  const number = nextNumber(levels.get(node.id) ?? []);
  return number === undefined ? undefined : { parent: node.id, number };
}

function neighbour(levels: Levels, id: string, step: number): TreeNode | undefined {
  const siblings = levels.get(findNode(levels, id)?.parent ?? null) ?? [];
  const at = siblings.findIndex((one) => one.id === id);
  return at === -1 ? undefined : siblings[at + step];
}
