import type { Form } from '../../../dialog/forms/form-model.js';
import type { Fault } from '../files/fault.js';
import type { FrozenContent } from '../items/frozen-content.js';
import type { Finding } from '../lint/finding.js';
import type { FileTexts } from './content-work.js';

/** What the worker thread begins with. */
export interface ThreadData {
  forms: readonly Form[];
}

/** Frozen content between threads: one text is copied much faster than many lines. */
export interface PackedContent {
  hash: string;
  bytes: number;
  text: string;
}

export type Task =
  | { kind: 'lint'; packed: PackedContent; now: number }
  | { kind: 'render'; packed: PackedContent; accountId: string }
  | { kind: 'parse'; files: FileTexts; accountId: string };

export type Job = Task & { id: number };

export type Result =
  | { kind: 'lint'; findings: Finding[] }
  | { kind: 'render'; files: FileTexts }
  | { kind: 'parse'; parsed: { packed: PackedContent } | { faults: Fault[] } }
  | { kind: 'failed'; code: string; message: string };

export type Outcome = Result & { id: number };

export function pack({ hash, bytes, lines }: FrozenContent): PackedContent {
  return { hash, bytes, text: lines.join('\n') };
}

export function unpack({ hash, bytes, text }: PackedContent): FrozenContent {
  return { hash, bytes, lines: text.split('\n') };
}
