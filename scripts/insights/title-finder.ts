import { buttonKey } from '../../src/dialog/button-key.js';
import type { Content, MenuNode, Target } from '../../src/dialog/content-model.js';

/** Names targets as people know them: `reply:passport（护照）`; by the bare key where the content holds it no more. */
export function createTitleFinder(content: Content | null): (target: Target) => string {
  const titles = new Map<string, string>();
  for (const { id, title } of content?.replies ?? []) titles.set(buttonKey({ reply: id }), title);
  for (const { id, title } of listNodes(content?.tree ?? [])) titles.set(buttonKey({ node: id }), title);
  return (target) => {
    const key = buttonKey(target);
    const title = titles.get(key);
    return title === undefined ? key : `${key}（${title}）`;
  };
}

function listNodes(nodes: readonly MenuNode[]): MenuNode[] {
  return nodes.flatMap((node) => [node, ...listNodes(node.children)]);
}
