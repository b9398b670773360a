import type { Content } from '../../dialog/content-model.js';
import { contentLimits, type ContentLimits } from './content-limits.js';
import { checkEmergency, checkRules, checkShadows } from './lint/check-keywords.js';
import { checkProvenance } from './lint/check-provenance.js';
import { checkIds, checkReachability, checkReferences, checkTree } from './lint/check-structure.js';
import { checkButtons, checkTexts } from './lint/check-texts.js';
import type { Finding } from './lint/finding.js';
import { prepareSubject, type Check } from './lint/lint-subject.js';

/** Every check, in the order in which findings are listed. */
const checks: readonly Check[] = [
  checkReferences,
  checkIds,
  checkTree,
  checkReachability,
  checkRules,
  checkShadows,
  checkEmergency,
  checkTexts,
  checkButtons,
  checkProvenance,
];

export interface LintOptions {
  /** Milliseconds since the epoch, UTC: decides what has expired. */
  now: number;
  limits?: ContentLimits;
}

/** Everything that is wrong, doubtful or unfinished in the content. Pure. A finding of severity `error` blocks publishing. */
export function lintContent(content: Content, { now, limits = contentLimits }: LintOptions): Finding[] {
  const subject = prepareSubject(content, now, limits);
  return checks.flatMap((check) => [...check(subject)]);
}
