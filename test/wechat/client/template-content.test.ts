import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { templateFields } from '../../../src/wechat/client/template-content.js';

describe('templateFields', () => {
  it.each([
    ['时间：{{time3.DATA}}', [['time3', '时间']]],
    [
      '时间: {{ time3.DATA }}\r\n地点:{{thing4.DATA}}',
      [
        ['time3', '时间'],
        ['thing4', '地点'],
      ],
    ],
    [
      '{{first.DATA}}\n\n事项：\n{{keyword1.DATA}}',
      [
        ['first', ''],
        ['keyword1', '事项'],
      ],
    ],
    [
      '单位：{{thing1.DATA}} 电话：{{phone_number2.DATA}}',
      [
        ['thing1', '单位'],
        ['phone_number2', '电话'],
      ],
    ],
    ['事项：{{thing1.DATA}}\n再次：{{thing1.DATA}}', [['thing1', '事项']]],
    ['没有字段', []],
  ])('reads %j', (content, fields) => {
    expect(templateFields(content).map(({ keyword, name }) => [keyword, name])).toEqual(fields);
  });

  it('finds every field that the platform writes, in its order', () => {
    const name = fc.stringMatching(/^[\p{Script=Han}A-Za-z]{1,10}$/u);
    const keyword = fc.stringMatching(/^[a-z_]{1,12}\d{1,2}$/);
    const fields = fc.uniqueArray(fc.record({ keyword, name }), { selector: (one) => one.keyword });
    fc.assert(
      fc.property(fields, (given) => {
        const content = given.map((one) => `${one.name}：{{${one.keyword}.DATA}}\n`).join('');
        expect(templateFields(content)).toEqual(given);
      }),
    );
  });
});
