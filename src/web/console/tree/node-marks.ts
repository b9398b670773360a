import type { FindingView } from '../../../api-types/content.js';
import type { NodeStatistics } from '../../../api-types/insights.js';
import type { TreeNode } from './tree-model.js';

/** What stands beside a node in the tree. */
export interface NodeMarks {
  errors: number;
  warnings: number;
  /** Of the last thirty days; undefined: not known. */
  answers: number | undefined;
  unanswered: number;
}

type MarksOf = (node: Pick<TreeNode, 'id' | 'reply'>) => NodeMarks;

/**
 * The marks of any node: its own findings and those of its reply, how often it was given, what was asked there in vain.
 */
export function collectMarks(
  findings: readonly Pick<FindingView, 'severity' | 'where'>[],
  statistics: NodeStatistics | undefined,
): MarksOf {
  const counts = new Map<string, { errors: number; warnings: number }>();
  for (const { severity, where } of findings) {
    if (severity === 'notice') continue;
    const key = `${where.kind} ${where.id}`;
    const count = counts.get(key) ?? { errors: 0, warnings: 0 };
    count[severity === 'error' ? 'errors' : 'warnings'] += 1;
    counts.set(key, count);
  }
  return ({ id, reply }) => {
    const own = [counts.get(`node ${id}`), reply === undefined ? undefined : counts.get(`reply ${reply}`)];
    const counted = statistics?.nodes[id];
    return {
      errors: own.reduce((sum, count) => sum + (count?.errors ?? 0), 0),
      warnings: own.reduce((sum, count) => sum + (count?.warnings ?? 0), 0),
      answers: statistics && (counted?.answers ?? 0),
      unanswered: counted?.unanswered ?? 0,
    };
  };
}
