import { createBreather } from '../../core/breather.js';
import type { Content } from '../../dialog/content-model.js';
import { contentLimits, type ContentLimits } from './content-limits.js';
import { checkEmergency, checkRules, checkShadows } from './lint/check-keywords.js';
import { checkProvenance } from './lint/check-provenance.js';
import { checkIds, checkReachability, checkReferences, checkTree } from './lint/check-structure.js';
import { checkButtons, checkPages, checkTexts } from './lint/check-texts.js';
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

/**
 * Everything that is wrong, doubtful or unfinished in the content. Pure. A finding of severity `error` blocks
 * publishing.
 */
export function lintContent(content: Content, options: LintOptions): Finding[] {
  return [...runChecks(content, options)].flat();
}

/** The same in slices, for a process that answers citizens meanwhile. */
export async function lintContentInSlices(content: Content, options: LintOptions): Promise<Finding[]> {
  const breathe = createBreather();
  const findings: Finding[] = [];
  for (const found of runChecks(content, options)) {
    findings.push(...found);
    await breathe();
  }
  return findings;
}

/** What each check finds; only content without errors has pages to look at. */
function* runChecks(content: Content, { now, limits = contentLimits }: LintOptions): Generator<Finding[]> {
  const subject = prepareSubject(content, now, limits);
  let broken = false;
  for (const check of checks) {
    const found = [...check(subject)];
    broken ||= found.some(({ severity }) => severity === 'error');
    yield found;
  }
  if (!broken) yield [...checkPages(subject)];
}
