import { listForms, listTitles } from '../draft/draft-calls.js';
import type { TargetDraft } from '../draft/target.js';

/** The titles of what rules lead to; one that is not there is called by its id. */
export async function findTargetTitles(
  accountId: string,
  rows: readonly { to: TargetDraft | undefined }[],
  signal: AbortSignal,
): Promise<(target: TargetDraft) => string> {
  const targets = rows.flatMap(({ to }) => to ?? []);
  const idsOf = (kind: TargetDraft['kind']) => [
    ...new Set(targets.filter((target) => target.kind === kind).map(({ id }) => id)),
  ];
  const params = { accountId };
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
    if (ids.length === 0) return {};
    return (await listTitles({ params, query: { kind, ids: ids.join(',') } }, signal)).titles;
  }
}
