import type { TreeRow } from './tree-model.js';

/**
 * Which row a key leads to, as in every tree (WAI-ARIA Authoring Practices, tree view).
 * @param keys as `nameKeys` names them.
 * @returns the id of its node; undefined: the key does not lead anywhere.
 */
export function focusAfter(keys: string, row: TreeRow, rows: readonly TreeRow[]): string | undefined {
  const at = rows.findIndex(({ node }) => node.id === row.node.id);
  switch (keys) {
    case 'arrowup':
      return rows[at - 1]?.node.id;
    case 'arrowdown':
      return rows[at + 1]?.node.id;
    case 'home':
      return rows[0]?.node.id;
    case 'end':
      return rows.at(-1)?.node.id;
    case 'arrowright':
      return row.isOpen ? rows[at + 1]?.node.id : undefined;
    case 'arrowleft':
      return row.isOpen ? undefined : (row.node.parent ?? undefined);
    default:
      return undefined;
  }
}
