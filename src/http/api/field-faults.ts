import type { z } from 'zod';
import type { FieldFault } from './api-errors.js';

type Issue = z.core.$ZodIssue;
type RawIssue = z.core.$ZodRawIssue;

/** What is wrong with a part of a request, in the words of a clerk; a schema's own message goes first. */
export function describeFaults(part: string, issues: readonly Issue[]): FieldFault[] {
  return issues.flatMap((issue): FieldFault[] => {
    const path = [part, ...issue.path.map(String)].join('.');
    if (issue.code !== 'unrecognized_keys') return [{ path, code: issue.code, message: issue.message }];
    return issue.keys.map((key) => ({
      path: `${path}.${key}`,
      code: issue.code,
      message: `不认识“${key}”`,
    }));
  });
}

/** The sentence for an issue whose schema has none of its own. */
export function sayFault(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? '请填写这一项'
        : `应当是${typeNames[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? '请填写这一项'
        : `不能${lessThan(issue.origin)} ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `不能${moreThan(issue.origin)} ${issue.maximum}${unitOf(issue.origin)}`;
    case 'invalid_value':
      return `应当是 ${issue.values.map(String).join('、')} 之一`;
    case 'invalid_format':
      return '格式不对';
    case 'unrecognized_keys':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'not_multiple_of':
    case 'custom':
      return '没有填对';
  }
}

const typeNames: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '是或否',
  array: '列表',
  object: '一组数据',
};

const units: Readonly<Record<string, string>> = { string: ' 个字', array: ' 项' };

function unitOf(origin: string): string {
  return units[origin] ?? '';
}

function lessThan(origin: string): string {
  return origin in units ? '少于' : '小于';
}

function moreThan(origin: string): string {
  return origin in units ? '超过' : '大于';
}
