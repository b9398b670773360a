import type { LintRule } from './finding-sentences.js';

/** error: blocks publishing. warning: a citizen may get a poor answer. notice: work that remains. */
export type Severity = 'error' | 'warning' | 'notice';

/** From the root of the content, or of a file, to a value: `['replies', 3, 'text']`. */
export type ContentPath = readonly (string | number)[];

/** The piece of content that a finding is about. */
export interface Where {
  kind:
    | 'settings'
    | 'tree'
    | 'node'
    | 'button'
    | 'scene'
    | 'emergency'
    | 'sensitive'
    | 'synonyms'
    | 'reply'
    | 'rule';
  /** The id of the node, reply or rule; the name of the button; the scene; else the kind. */
  id: string;
  field?: string;
  /** Tells apart two pieces with one id, and leads to the line in a file. */
  path: ContentPath;
}

/** One thing that the linter has to say. */
export interface Finding {
  /** Stable, `snake_case`; part of the public contract. */
  rule: LintRule;
  severity: Severity;
  where: Where;
  /** A Chinese sentence for the clerk. */
  message: string;
}
