import type { FindingView } from '../../../api-types/content.js';

export interface FindingGroup {
  severity: FindingView['severity'];
  findings: FindingView[];
}

const order = ['error', 'warning', 'notice'] as const;

/** Findings by their weight, the heaviest first; a weight without findings is left out. */
export function groupFindings(findings: readonly FindingView[]): FindingGroup[] {
  return order
    .map((severity) => ({ severity, findings: findings.filter((finding) => finding.severity === severity) }))
    .filter((group) => group.findings.length > 0);
}
