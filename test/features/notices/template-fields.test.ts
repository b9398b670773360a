import { describe, expect, it } from '@jest/globals';
import { checkTemplateValue, exampleOf, ruleOf } from '../../../src/features/notices/template-fields.js';

const types = [
  'thing',
  'character_string',
  'number',
  'letter',
  'symbol',
  'phrase',
  'phone_number',
  'car_number',
  'name',
  'amount',
  'time',
  'date',
  'const',
];

describe('a field of a template', () => {
  it.each([
    ['thing1', '二十个字以内的任何内容 12!'],
    ['character_string2', 'A-001_#'],
    ['number3', '-12.5'],
    ['letter4', 'ABC'],
    ['phrase5', '已经受理'],
    ['phone_number6', '+86-0753-2110110'],
    ['car_number7', '粤M8Z888挂'],
    ['name8', '阿依古丽·买买提'],
    ['name8', 'Christopher Robin'],
    ['amount9', '￥100.50元'],
    ['time10', '15:01'],
    ['time10', '2026年10月1日 15:01~2026年10月1日 16:30'],
    ['date11', '2026-10-01'],
    ['const12', '进行中'],
    ['short_thing13', '没有记载的类型'],
  ])('%s takes %j', (keyword, value) => {
    expect(checkTemplateValue(keyword, value)).toBeNull();
  });

  it.each([
    ['thing1', '一'.repeat(21), 'value_too_long'],
    ['thing1', '第一行\n第二行', 'value_wrong_type'],
    ['thing1', ' ', 'value_empty'],
    ['character_string2', '编号1', 'value_wrong_type'],
    ['character_string2', 'a'.repeat(33), 'value_too_long'],
    ['number3', '十二', 'value_wrong_type'],
    ['phrase5', '已经受理完毕', 'value_too_long'],
    ['phrase5', 'OK', 'value_wrong_type'],
    ['phone_number6', '1380013800013800138', 'value_too_long'],
    ['car_number7', '粤MA88888888', 'value_too_long'],
    ['name8', '一二三四五六七八九十一', 'value_too_long'],
    ['name8', 'a'.repeat(21), 'value_too_long'],
    ['amount9', '一百元', 'value_wrong_type'],
    ['time10', '下午三点', 'value_wrong_type'],
    ['time10', '25:00', 'value_wrong_type'],
    ['date11', '明天', 'value_wrong_type'],
  ])('%s refuses %j', (keyword, value, code) => {
    expect(checkTemplateValue(keyword, value)).toMatchObject({ code, message: expect.any(String) });
  });

  it.each(types)('of the type %s says what it takes, and takes its own example', (type) => {
    expect(ruleOf(`${type}1`)).not.toBe('');
    expect(checkTemplateValue(`${type}1`, exampleOf(`${type}1`))).toBeNull();
  });
});
