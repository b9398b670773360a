import { keywordType, templateKeywordLimits } from '../../core/template-keywords.js';

/** Why a value does not go into a field of a template. */
export interface TemplateValueFault {
  code: 'value_empty' | 'value_too_long' | 'value_wrong_type';
  /** In Chinese, what is allowed instead. */
  message: string;
}

/**
 * Whether the platform takes a value in this field; it refuses the whole message otherwise (47003, naming the field).
 *
 * The types are those of WeChat's category templates (类目模板) and subscription notifications, as the table "订阅消息
 * 参数值内容限制" of the platform's documentation gives them. What is not known there is let through.
 *
 * @param keyword its type with a number: `thing1`.
 */
export function checkTemplateValue(keyword: string, value: string): TemplateValueFault | null {
  const type = keywordType(keyword);
  if (value.trim() === '') return { code: 'value_empty', message: '请填写这一项' };
  const rule = rules.get(type);
  if (!rule) return null;
  if (Array.from(value).length > mostOf(type, value)) {
    return { code: 'value_too_long', message: `太长了：${rule.says}` };
  }
  return rule.allows.test(value) ? null : { code: 'value_wrong_type', message: `不合规定：${rule.says}` };
}

/** What the field takes, in Chinese, for whoever fills it in; empty where nothing is known. */
export function ruleOf(keyword: string): string {
  return rules.get(keywordType(keyword))?.says ?? '';
}

/** A value that the field takes. */
export function exampleOf(keyword: string): string {
  return rules.get(keywordType(keyword))?.example ?? '示例';
}

interface Rule {
  allows: RegExp;
  example: string;
  says: string;
}

const limitOf = (type: string) => templateKeywordLimits.get(type) ?? Infinity;

function mostOf(type: string, value: string): number {
  // A name in letters may be twice as long as one in 汉字.
  return type === 'name' && !/\p{Script=Han}/u.test(value) ? 2 * limitOf(type) : limitOf(type);
}

const timeOfDay = String.raw`([01]?\d|2[0-3])[:：][0-5]\d([:：][0-5]\d)?`;
const day = String.raw`(\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})`;
const moment = String.raw`((${day}\s*)?${timeOfDay}|${day})`;

const rules: ReadonlyMap<string, Rule> = new Map([
  ['thing', { allows: /^[^\r\n]+$/u, example: '示例', says: `${limitOf('thing')} 个字以内，不能换行` }],
  [
    'character_string',
    {
      allows: /^[\x21-\x7e]+$/,
      example: 'A1',
      says: `${limitOf('character_string')} 位以内的数字、字母或符号，不能有汉字和空格`,
    },
  ],
  [
    'number',
    { allows: /^[+-]?\d+(\.\d+)?$/, example: '1', says: `${limitOf('number')} 位以内的数字，可带小数` },
  ],
  ['letter', { allows: /^[A-Za-z]+$/, example: 'A', says: `${limitOf('letter')} 位以内的字母` }],
  ['symbol', { allows: /^[\p{P}\p{S}]+$/u, example: '#', says: `${limitOf('symbol')} 位以内的符号` }],
  ['phrase', { allows: /^\p{Script=Han}+$/u, example: '示例', says: `${limitOf('phrase')} 个以内的汉字` }],
  [
    'phone_number',
    {
      allows: /^[+\d][\d\s()-]*$/,
      example: '0753-110',
      says: `${limitOf('phone_number')} 位以内的电话号码，只含数字和 + - ( )`,
    },
  ],
  [
    'car_number',
    {
      allows: /^[\p{Script=Han}A-Za-z0-9][A-Za-z0-9]+[\p{Script=Han}A-Za-z0-9]$/u,
      example: '粤M12345',
      says: `${limitOf('car_number')} 位以内的车牌号，首尾可为汉字，其余为字母或数字`,
    },
  ],
  [
    'name',
    {
      allows: /^[\p{Script=Han}A-Za-z·•.\s-]+$/u,
      example: '张三',
      says: `${limitOf('name')} 个以内的汉字，或 ${2 * limitOf('name')} 个以内的字母`,
    },
  ],
  [
    'amount',
    {
      allows: /^[¥￥$€£]?\d{1,10}(\.\d{1,2})?元?$/,
      example: '1元',
      says: '金额：可带货币符号，10 位以内数字，可带小数和“元”',
    },
  ],
  [
    'time',
    {
      allows: new RegExp(`^${moment}([~～]${moment})?$`, 'u'),
      example: '2026年10月1日 15:01',
      says: '时间：如 15:01，或 2026年10月1日 15:01；时间段用 ~ 连接',
    },
  ],
  [
    'date',
    {
      allows: new RegExp(`^${day}(\\s*${timeOfDay})?([~～]${day}(\\s*${timeOfDay})?)?$`, 'u'),
      example: '2026年10月1日',
      says: '日期：如 2026年10月1日，或 2026年10月1日 15:01',
    },
  ],
  ['const', { allows: /^[^\r\n]{1,20}$/u, example: '示例', says: '只能填模板规定的几个词之一' }],
]);
