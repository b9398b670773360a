import { createBreather } from '../../core/breather.js';
import type { Content } from '../../dialog/content-model.js';
import type { Form } from '../../dialog/forms/form-model.js';
import { contentLimits, type ContentLimits } from './content-limits.js';
import { checkEmergency, checkEmergencyKeywords } from './lint/check-emergency.js';
import { checkRules, checkShadows } from './lint/check-keywords.js';
import { checkProvenance } from './lint/check-provenance.js';
import { checkSensitive } from './lint/check-sensitive.js';
import { checkIds, checkReachability, checkReferences, checkTree } from './lint/check-structure.js';
import { checkButtons, checkPages, checkTexts } from './lint/check-texts.js';
import { checkPatterns, checkQuestions, checkSynonyms } from './lint/check-understanding.js';
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
  checkPatterns,
  checkQuestions,
  checkSynonyms,
  checkEmergency,
  checkEmergencyKeywords,
  checkTexts,
  checkSensitive,
  checkButtons,
  checkProvenance,
];

export interface LintOptions {
  /** Milliseconds since the epoch, UTC: decides what has expired. */
  now: number;
  limits?: ContentLimits;
  /** The forms that the program offers; none if absent. */
  forms?: readonly Form[];
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

/** Whether something names a reply or a node that is not there: such content cannot be compiled. Pure. */
export function holdsBrokenReferences(content: Content, forms: readonly Form[]): boolean {
  const subject = prepareSubject(content, 0, contentLimits, forms);
  return [...checkReferences(subject)].some(({ severity }) => severity === 'error');
}

/** What each check finds; only content without errors has pages to look at. */
function* runChecks(content: Content, options: LintOptions): Generator<Finding[]> {
  const { now, limits = contentLimits, forms = [] } = options;
  const subject = prepareSubject(content, now, limits, forms);
  let broken = false;
  for (const check of checks) {
    const found = [...check(subject)];
    broken ||= found.some(({ severity }) => severity === 'error');
    yield found;
  }
  if (!broken) yield [...checkPages(subject)];
}
