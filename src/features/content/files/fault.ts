import type { FaultRule } from './fault-sentences.js';

/** A place in a file of content. Lines and columns count from 1. */
export interface Position {
  /** Relative to the folder that holds `menus/` and `replies/`, with forward slashes. */
  file: string;
  line: number;
  column: number;
}

/** Why a file is not content. */
export interface Fault extends Position {
  /** Stable, `snake_case`; part of the public contract. */
  rule: FaultRule;
  /** A Chinese sentence for the person who wrote the file. */
  message: string;
}
