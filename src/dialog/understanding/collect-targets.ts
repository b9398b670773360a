import { buttonKey } from '../button-key.js';
import type { Content, MenuNode, ReplyContent, Target } from '../content-model.js';

/** What can be found by searching, and all the ways in which it is asked for. */
export interface SearchableTarget {
  readonly target: Target;
  readonly titles: ReadonlySet<string>;
  /** Keywords and questions of the rules that lead here. */
  readonly wordings: ReadonlySet<string>;
  /** What it is answered with, and where it lies in the menu. */
  readonly body: string;
}

/**
 * Everything that content leads to, once: a reply that a node gives is found as that node, so that its list and the
 * citizen's place come along. A slice at a time. `formTitles`: the forms that content may lead to.
 */
export function* collectTargets(
  content: Content,
  formTitles: ReadonlyMap<string, string>,
): Generator<undefined, readonly SearchableTarget[]> {
  const collected = new Map<string, Collected>();
  const replies = new Map(content.replies.map((reply) => [reply.id, reply]));
  yield;
  const nodeOf = new Map<string, Target>();
  let walked = 0;
  for (const { node, above } of walk(content.tree, [])) {
    walked += 1;
    if (walked % SLICE === 0) yield;
    const reply = node.reply === undefined ? undefined : replies.get(node.reply);
    if (reply !== undefined && !nodeOf.has(reply.id)) nodeOf.set(reply.id, { node: node.id });
    const entry = entryOf(collected, { node: node.id });
    const parent = above.at(-1);
    if (reply !== undefined) entry.titles.add(reply.title);
    if (reply?.title !== node.title)
      entry.titles.add(parent === undefined ? node.title : `${parent} ${node.title}`);
    entry.body = [...above, node.title, reply === undefined ? '' : bodyOf(reply)].join('\n');
  }
  yield;
  for (const [position, { to, whole, contains, questions }] of content.rules.entries()) {
    if (position % SLICE === 0) yield;
    const reply = 'reply' in to ? replies.get(to.reply) : undefined;
    const entry = entryOf(collected, (reply && nodeOf.get(reply.id)) ?? to);
    if (reply !== undefined) {
      entry.titles.add(reply.title);
      entry.body ||= bodyOf(reply);
    }
    if ('form' in to) entry.titles.add(formTitles.get(to.form) ?? '');
    for (const wording of [...whole, ...contains, ...questions]) entry.wordings.add(wording);
  }
  return [...collected.values()];
}

/** Nodes or rules between two pauses. */
const SLICE = 500;

interface Collected {
  target: Target;
  titles: Set<string>;
  wordings: Set<string>;
  body: string;
}

function entryOf(collected: Map<string, Collected>, target: Target): Collected {
  const key = buttonKey(target);
  const known = collected.get(key);
  if (known !== undefined) return known;
  const entry = { target, titles: new Set<string>(), wordings: new Set<string>(), body: '' };
  collected.set(key, entry);
  return entry;
}

/** Every node with the titles above it. */
function* walk(
  nodes: readonly MenuNode[],
  above: readonly string[],
): Generator<{ node: MenuNode; above: readonly string[] }> {
  for (const node of nodes) {
    yield { node, above };
    yield* walk(node.children, [...above, node.title]);
  }
}

function bodyOf(reply: ReplyContent): string {
  if (reply.type === 'text') return reply.text;
  if (reply.type === 'articles') return reply.articles.map(({ title }) => title).join('\n');
  if (reply.type !== 'guide') return '';
  const { summary, materials, steps, notes } = reply;
  return [summary, ...materials, ...steps, ...notes].join('\n');
}
