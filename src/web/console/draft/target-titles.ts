import { listForms, listTitles } from './draft-calls.js';
import type { TargetDraft, TargetKind } from './target.js';

/** How a target is called. */
export type TargetNamer = (target: TargetDraft) => string;

/** So many titles are read at once. */
const batchSize = 200;

/** The titles of targets in the draft; one that is not there is called by its id. */
export async function findTargetTitles(
  accountId: string,
  targets: readonly TargetDraft[],
  signal: AbortSignal,
): Promise<TargetNamer> {
  const params = { accountId };
  const idsOf = (kind: TargetKind) => [
    ...new Set(targets.filter((target) => target.kind === kind).map(({ id }) => id)),
  ];
  const [nodes, replies, forms] = await Promise.all([
    readTitles('node'),
    readTitles('reply'),
    idsOf('form').length === 0 ? { forms: [] } : listForms({ params }, signal),
  ]);
  const titles = {
    node: nodes,
    reply: replies,
    form: Object.fromEntries(forms.forms.map(({ id, title }) => [id, title])),
  };
  return ({ kind, id }) => titles[kind][id] ?? id;

  async function readTitles(kind: 'node' | 'reply'): Promise<Record<string, string>> {
    const ids = idsOf(kind);
    const titles: Record<string, string> = {};
    for (let from = 0; from < ids.length; from += batchSize) {
      const query = { kind, ids: ids.slice(from, from + batchSize).join(',') };
      Object.assign(titles, (await listTitles({ params, query }, signal)).titles);
    }
    return titles;
  }
}
