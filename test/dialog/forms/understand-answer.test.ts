import { describe, expect, it } from '@jest/globals';
import type { CitizenInput } from '../../../src/core/messages.js';
import type { FormStep } from '../../../src/dialog/forms/form-model.js';
import { isStillGood, understandAnswer } from '../../../src/dialog/forms/understand-answer.js';
import { textInput } from '../../support/builders.js';
import { buildStep } from '../../support/form-builder.js';

/** A Monday. */
const now = Date.parse('2026-06-01T09:00:00+08:00');

function answerOf(step: FormStep, input: string | CitizenInput) {
  const understood = understandAnswer(step, typeof input === 'string' ? textInput(input) : input, now);
  return 'answer' in understood ? understood.answer : undefined;
}

function faultOf(step: FormStep, input: string | CitizenInput): string | undefined {
  const understood = understandAnswer(step, typeof input === 'string' ? textInput(input) : input, now);
  return 'fault' in understood ? understood.fault : undefined;
}

const image: CitizenInput = { kind: 'image', mediaId: 'm', url: 'https://example.com/1.jpg' };
const location: CitizenInput = { kind: 'location', latitude: 24.3, longitude: 116.1, label: '梅江区' };

describe('a text', () => {
  const step = buildStep({ type: 'text', min: 3, max: 6 });

  it('is kept as it was written, without blanks around it', () => {
    expect(answerOf(step, '  路灯 坏了\u0000 \n')).toBe('路灯 坏了');
  });

  it('counts as people count: an emoji is one character', () => {
    expect(answerOf(step, '👨‍👩‍👧‍👦👍🏽好')).toBe('👨‍👩‍👧‍👦👍🏽好');
  });

  it.each([
    ['灯坏', '至少 3 个字'],
    ['路灯坏了三天了', '最多 6 个字，现在有 7 个'],
  ])('%s has not the right length, and what to do is said', (text, says) => {
    expect(faultOf(step, text)).toContain(says);
  });

  it('may be spoken', () => {
    const voice: CitizenInput = { kind: 'voice', mediaId: 'm', format: 'amr', recognition: '路灯坏了' };
    expect(answerOf(step, voice)).toBe('路灯坏了');
  });

  it('is no picture', () => {
    expect(faultOf(step, image)).toBe('这一步请用文字回答。');
  });
});

describe('a number', () => {
  const step = buildStep({ type: 'number', min: -5, max: 2_000 });

  it.each([
    ['3', 3],
    ['３个', 3],
    ['三', 3],
    ['十二人', 12],
    ['1,200 元', 1_200],
    ['-4', -4],
    ['0', 0],
  ])('%s is %d', (text, number) => {
    expect(answerOf(step, text)).toBe(number);
  });

  it.each([
    ['很多', '请填一个数字'],
    ['1.5', '请填整数'],
    ['2001', '-5 到 2000 之间'],
    ['1e3', '请填一个数字'],
    ['', '请填一个数字'],
  ])('%s is not one that was asked for', (text, says) => {
    expect(faultOf(step, text)).toContain(says);
  });

  it('may have decimals where that is wanted', () => {
    expect(answerOf(buildStep({ type: 'number', integer: false }), '36.5')).toBe(36.5);
  });
});

describe('a choice', () => {
  const step = buildStep({
    type: 'choice',
    options: [
      { value: 'east', label: '城东', words: ['东边'] },
      { value: 'west', label: '城西' },
      { value: 'old', label: '城东老街' },
    ],
  });

  it.each([
    ['1', 'east'],
    ['第二个', 'west'],
    ['城东', 'east'],
    ['去东边吧', 'east'],
    ['我要去城西', 'west'],
  ])('%s is %s', (text, value) => {
    expect(answerOf(step, text)).toBe(value);
  });

  it.each(['4', '0', '1-2', '城北', '城东老街和城西'])('%s is none, and the numbers are named', (text) => {
    expect(faultOf(step, text)).toContain('1 到 3');
  });
});

describe('a telephone number', () => {
  const step = buildStep({ type: 'phone' });

  it.each([
    ['13812345678', '13812345678'],
    ['138 1234 5678', '13812345678'],
    ['+86 138-1234-5678', '13812345678'],
    ['8613812345678', '13812345678'],
    ['１３８１２３４５６７８', '13812345678'],
    ['0753-2345678', '0753-2345678'],
    ['(0753) 234 5678', '0753-2345678'],
    ['02012345678', undefined],
    ['02082345678', '020-82345678'],
    ['+86 20 8234 5678', undefined],
    ['+86 020 8234 5678', '020-82345678'],
  ])('%s is %s', (text, phone) => {
    expect(answerOf(step, text)).toBe(phone);
  });

  it.each(['1381234567', '138123456789', '12812345678', '2345678', '110', '没有'])('%s is none', (text) => {
    expect(faultOf(step, text)).toContain('11 位手机号');
  });
});

describe('an ID number', () => {
  const step = buildStep({ type: 'idNumber' });

  it.each([
    ['11010519491231002X', '11010519491231002X'],
    ['11010519491231002x', '11010519491231002X'],
    ['１１０１０５１９４９１２３１００２Ｘ', '11010519491231002X'],
    ['440524 18800101 0014', undefined],
    ['110105 19491231 002X', '11010519491231002X'],
  ])('%s is read as %s', (text, idNumber) => {
    expect(answerOf(step, text)).toBe(idNumber);
  });

  it.each([
    ['110105194912310021', '有一位不对'],
    ['11010519491331002X', '出生日期不对'],
    ['110105202613010029', '出生日期不对'],
    ['00010519491231002X', '前两位不对'],
    ['110105491231002', '18 位'],
    ['身份证', '18 位'],
  ])('%s is refused with what is wrong', (text, says) => {
    expect(faultOf(step, text)).toContain(says);
  });

  it('is never repeated in what is said about it', () => {
    expect(faultOf(step, '110105194912310021')).not.toMatch(/\d{6}/);
  });
});

describe('a picture, a place and a yes', () => {
  it('are taken from what the phone sends', () => {
    expect(answerOf(buildStep({ type: 'image' }), image)).toEqual({
      mediaId: 'm',
      url: 'https://example.com/1.jpg',
    });
    expect(answerOf(buildStep({ type: 'location' }), location)).toEqual({
      latitude: 24.3,
      longitude: 116.1,
      label: '梅江区',
    });
  });

  it('are asked for where something else came', () => {
    expect(faultOf(buildStep({ type: 'image' }), '照片')).toContain('请发一张照片');
    expect(faultOf(buildStep({ type: 'location' }), image)).toContain('请发一个位置');
  });

  it.each([
    ['是的', true],
    ['1', true],
    ['不', false],
    ['2', false],
    ['也许', undefined],
  ])('%s means %s', (text, answer) => {
    expect(answerOf(buildStep({ type: 'confirm' }), text)).toBe(answer);
  });
});

describe('a step', () => {
  it('says its own sentence where it has one', () => {
    expect(faultOf(buildStep({ type: 'phone', fault: '请填单位的总机。' }), '110')).toBe('请填单位的总机。');
  });

  it.each<[FormStep, string | CitizenInput]>([
    [buildStep({ type: 'text' }), '路灯坏了'],
    [buildStep({ type: 'number', integer: false }), '2.5'],
    [buildStep({ type: 'date' }), '明天'],
    [buildStep({ type: 'phone' }), '0753-2345678'],
    [buildStep({ type: 'idNumber' }), '11010519491231002X'],
    [buildStep({ type: 'image' }), image],
    [buildStep({ type: 'location' }), location],
    [buildStep({ type: 'confirm' }), '否'],
  ])('of a new version takes an answer that it would have taken itself ($type)', (step, input) => {
    const answer = answerOf(step, input);
    expect(isStillGood(step, answer!, now)).toBe(true);
  });

  it('drops an answer that it would refuse now', () => {
    expect(isStillGood(buildStep({ type: 'text', max: 2 }), '路灯坏了', now)).toBe(false);
    expect(isStillGood(buildStep({ type: 'phone' }), '路灯坏了', now)).toBe(false);
    expect(isStillGood(buildStep({ type: 'date', earliest: 1 }), '2026-06-01', now)).toBe(false);
    expect(isStillGood(buildStep({ type: 'phone' }), null, now)).toBe(false);
    expect(isStillGood(buildStep({ type: 'phone', optional: true }), null, now)).toBe(true);
  });
});
