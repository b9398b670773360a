import type { RouteLocationRaw, Router } from 'vue-router';

/** Where a kind of content is edited: the name of the page, and the parameter that takes the id. */
const places: Readonly<Record<string, { page: string; param?: string }>> = {
  node: { page: 'tree-node', param: 'nodeId' },
  tree: { page: 'tree' },
  reply: { page: 'reply', param: 'replyId' },
  rule: { page: 'rule', param: 'ruleId' },
  button: { page: 'buttons' },
  buttons: { page: 'buttons' },
  scene: { page: 'settings' },
  settings: { page: 'settings' },
  emergency: { page: 'words' },
  synonyms: { page: 'words' },
  sensitive: { page: 'words' },
  outside: { page: 'words' },
};

/** Where the draft shows a piece of content, or a field of it; undefined where this console has no such page. */
export function findItemPlace(
  router: Pick<Router, 'hasRoute'>,
  accountId: string,
  { kind, id, field }: { kind: string; id: string; field?: string },
): RouteLocationRaw | undefined {
  const place = places[kind];
  if (!place || !router.hasRoute(place.page)) return undefined;
  return {
    name: place.page,
    params: { accountId, ...(place.param !== undefined && { [place.param]: id }) },
    query: {
      // A page that holds several pieces is told which one is meant.
      ...(place.param === undefined && { item: id }),
      ...(field !== undefined && { field }),
    },
  };
}
