import { RE2JS, RE2JSSyntaxException } from 're2js';
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
    throw new UserError('pattern_invalid', `正则表达式“${source}”写得不对：${explain(error)}`, {
      cause: error,
    });
  }
}

function explain(error: unknown): string {
  if (!(error instanceof RE2JSSyntaxException)) return OTHERWISE;
  const reason = REASONS[error.getDescription()] ?? OTHERWISE;
  const place = error.getPattern();
  return place ? `${reason}（在“${place}”）` : reason;
}

/** By the descriptions of RE2. */
const REASONS: Readonly<Record<string, string>> = {
  'invalid character class range': '方括号里的范围不对',
  'invalid escape sequence': '反斜杠后面的写法不认识（不能引用前面的括号）',
  'invalid named capture': '括号的名字不对',
  'duplicate capture group name': '两个括号同名',
  'invalid or unsupported Perl syntax': '不支持这种写法（例如前后查看）',
  'invalid nested repetition operator': '重复号连写了',
  'invalid repeat count': '重复次数不对或太多',
  'missing closing ]': '缺少右方括号 ]',
  'missing closing )': '缺少右括号 )',
  'unexpected )': '多了一个右括号 )',
  'missing argument to repetition operator': '重复号前面没有内容',
  'trailing backslash at end of expression': '末尾多了一个反斜杠',
  'expression nests too deeply': '括号套得太深',
  'expression too large': '展开后太大',
};
const OTHERWISE = '写法不认识';
