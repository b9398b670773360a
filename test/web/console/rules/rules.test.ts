import { describe, expect, it } from '@jest/globals';
import { sayCandidate, sayReason, sayStep, refsIn } from '../../../../src/web/console/rules/hits-words.js';
import { readRule, writeRule } from '../../../../src/web/console/rules/rule-form.js';
import { summariseRule } from '../../../../src/web/console/rules/summarise-rule.js';

const rule = {
  id: 'licence',
  whole: ['换证'],
  contains: ['驾驶证'],
  patterns: [],
  questions: ['驾照怎么换'],
  priority: 50,
  to: { node: 'licence' },
};

describe('a rule as it is typed', () => {
  it.each([{ node: 'licence' }, { reply: 'licence' }, { form: 'report' }])(
    'saves what it was read from, leading to %j',
    (to) => {
      expect(writeRule(readRule({ ...rule, to }))).toEqual({ ...rule, to });
    },
  );

  it('drops blank rows', () => {
    expect(writeRule({ ...readRule(rule), whole: [' 换证 ', ''] })).toMatchObject({ whole: ['换证'] });
  });
});

describe('a rule in one line', () => {
  it('shows the words first that were looked for', () => {
    expect(summariseRule(rule, '怎么换')).toMatchObject({
      words: '驾照怎么换、换证、驾驶证',
      more: 0,
      to: { kind: 'node', id: 'licence' },
    });
  });

  it('counts what it does not show', () => {
    const whole = Array.from({ length: 10 }, (_, index) => `词${index}`);

    expect(summariseRule({ ...rule, whole })).toMatchObject({ shown: 6, more: 6 });
  });
});

describe('why a text is answered as it is', () => {
  it('is told by the step, the word and how sure it is', () => {
    const decision = { step: 'search', score: 0.874, rule: 'licence', node: 'licence' };

    expect(sayStep('contains')).toBe('关键词：句中含有');
    expect(sayReason({ step: 'contains', word: '驾驶证' })).toBe('命中“驾驶证”');
    expect(sayReason(decision)).toBe('把握 87%');
    expect(refsIn(decision)).toEqual([
      { kind: 'rule', id: 'licence' },
      { kind: 'node', id: 'licence' },
    ]);
  });

  it('is told of a candidate by what it knows of the text and what it does not', () => {
    const candidate = { target: { node: 'a' }, confidence: 0.2, things: ['身份证'], strangers: ['外星人'] };

    expect(sayCandidate(candidate)).toBe('认出“身份证”，它不知道“外星人”');
  });
});
