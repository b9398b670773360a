import type { z } from 'zod';
import type { ContentPath } from '../lint/finding.js';
import { faultSentences, formatNames, sizeUnits, typeNames, type FaultRule } from './fault-sentences.js';
import type { Fault, Position } from './fault.js';
import type { YamlFile } from './yaml-file.js';

type Issue = z.core.$ZodIssue;

/** What a schema finds wrong with a value, in the words of a clerk. */
export interface SchemaFault {
  /** To the value that is wrong, or that holds a key it should not hold. */
  path: ContentPath;
  /** The key that should not be there. */
  unknownKey?: string;
  rule: FaultRule;
  message: string;
}

/** What the schema finds wrong with a file, at the place where it stands. */
export function describeIssues(issues: readonly Issue[], file: YamlFile): Fault[] {
  return explainIssues(issues).map(({ path, unknownKey, rule, message }) => {
    const position: Position =
      unknownKey === undefined ? file.locate(path) : file.locateKey(path, unknownKey);
    return { ...position, rule, message };
  });
}

export function explainIssues(issues: readonly Issue[], base: ContentPath = []): SchemaFault[] {
  return issues.flatMap((issue) => explainIssue(issue, base));
}

function explainIssue(issue: Issue, base: ContentPath): SchemaFault[] {
  const path = [...base, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((unknownKey) => ({
      path,
      unknownKey,
      rule: 'unknown_key',
      message: faultSentences.unknown_key(unknownKey),
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return explainIssues(closestBranch(issue.errors), path);
  }
  const [rule, message] = explain(issue, String(path.at(-1) ?? ''));
  return [{ path, rule, message }];
}

/** Of the forms that a value may take, the one it comes nearest to: the form it least contradicts. */
function closestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const cost = (issues: readonly Issue[]) =>
    issues.reduce(
      (sum, issue) => sum + (issue.path.length === 0 && issue.code === 'invalid_type' ? 100 : 1),
      0,
    );
  return branches.toSorted((one, other) => cost(one) - cost(other))[0] ?? [];
}

function explain(issue: Issue, key: string): [FaultRule, string] {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? ['missing_key', faultSentences.missing_key(key)]
        : ['wrong_type', faultSentences.wrong_type(typeNames[issue.expected] ?? issue.expected)];
    case 'invalid_union':
      return [
        'not_one_of',
        faultSentences.not_one_of('options' in issue ? (issue.options ?? []).join('、') : key),
      ];
    case 'invalid_value':
      return ['not_one_of', faultSentences.not_one_of(issue.values.map(String).join('、'))];
    case 'too_big':
      return explainSize('too_long', issue.origin, issue.maximum);
    case 'too_small':
      return explainSize('too_short', issue.origin, issue.minimum);
    case 'invalid_format':
      return ['bad_format', faultSentences.bad_format(formatNames[issue.format] ?? issue.format)];
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'custom':
      break;
  }
  return ['bad_format', faultSentences.bad_format(issue.message)];
}

function explainSize(
  rule: 'too_long' | 'too_short',
  origin: string,
  bound: number | bigint,
): [FaultRule, string] {
  const unit = sizeUnits[origin];
  if (unit !== undefined) return [rule, faultSentences[rule](`${bound} ${unit}`)];
  return [
    'out_of_range',
    faultSentences.out_of_range(`${rule === 'too_long' ? '不能大于' : '不能小于'} ${bound}`),
  ];
}
