import { RE2JS } from 're2js';
import { UserError } from '../core/errors.js';

/** A regular expression of staff: finding it costs time linear in the text, whatever it is. */
export interface Pattern {
  readonly source: string;
  /** Whether the pattern occurs in a text that was folded for keywords. */
  occursIn(foldedText: string): boolean;
}

/**
 * Compiles a regular expression in RE2 syntax (no look-around, no back-references).
 * @throws UserError `pattern_invalid` · `pattern_too_large`
 */
export function compilePattern(source: string): Pattern {
  const compiled = compile(source);
  if (compiled.programSize() > LARGEST_PROGRAM) {
    throw new UserError('pattern_too_large', `正则表达式“${source}”展开后太大，请少用重复次数`);
  }
  return { source, occursIn: (text) => compiled.test(text) };
}

/** Instructions; each costs up to some nanoseconds per character of a message. */
const LARGEST_PROGRAM = 2_000;

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError('pattern_invalid', `正则表达式“${source}”写得不对：${reason}`, { cause: error });
  }
}
