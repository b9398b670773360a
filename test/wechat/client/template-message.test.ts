import { describe, expect, it } from '@jest/globals';
import { fitKeyword, toTemplateMessage } from '../../../src/wechat/client/template-message.js';

describe('a value of a template message', () => {
  it.each([
    ['thing1', '字'.repeat(21), `${'字'.repeat(19)}…`],
    ['thing12', '字'.repeat(20), '字'.repeat(20)],
    ['character_string2', 'a'.repeat(33), 'a'.repeat(32)],
    ['phrase3', '等待您的回复', '等待您的回'],
    ['name4', '一'.repeat(11), '一'.repeat(10)],
    ['time5', '2026年11月24日 09:00', '2026年11月24日 09:00'],
    ['keyword1', '字'.repeat(50), '字'.repeat(50)],
    ['thing1', ' 系统\n升级 ', '系统 升级'],
    ['thing1', '𠮷'.repeat(20), '𠮷'.repeat(20)],
  ])('of %s is made to fit', (keyword, value, fitted) => {
    expect(fitKeyword(keyword, value)).toBe(fitted);
  });

  it('stands in the platform’s own form, with the id that makes a repeat harmless', () => {
    const template = { templateId: 't1', data: { thing1: '身份证' }, url: 'https://example.gov.cn/' };
    expect(toTemplateMessage(template, 'n1')).toEqual({
      template_id: 't1',
      url: 'https://example.gov.cn/',
      client_msg_id: 'n1',
      data: { thing1: { value: '身份证' } },
    });
  });
});
