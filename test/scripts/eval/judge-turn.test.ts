import { describe, expect, it } from '@jest/globals';
import { judgeTurn } from '../../../scripts/eval/judge-turn.js';
import type { LabelledMessage } from '../../../scripts/eval/labelled-message.js';
import { initialState, type DialogState } from '../../../src/dialog/dialog-state.js';
import type { Decision } from '../../../src/dialog/step-dialog.js';
import { buildRelease } from '../../support/conversation.js';

const release = buildRelease();

function message(overrides: Partial<LabelledMessage> = {}): LabelledMessage {
  return { text: '…', expect: 'answer', targets: ['id-card-lost'], all: false, tags: [], ...overrides };
}

function offering(...nodes: string[]): DialogState {
  const shown = nodes.map((node, index) => ({ number: index + 1, node }));
  return { frame: { kind: 'menu', path: [], shown, until: 0 } };
}

function judge(decision: Decision, label = message(), state = initialState) {
  return judgeTurn(label, { replies: [], state, decision }, release);
}

describe('judgeTurn', () => {
  it.each<[string, Decision, DialogState, string]>([
    ['its node', { step: 'search', node: 'id-card-lost' }, initialState, 'right'],
    ['its reply', { step: 'contains', reply: 'id-card-lost' }, initialState, 'right'],
    ['another', { step: 'search', node: 'passport' }, initialState, 'wrong'],
    ['it among suggestions', { step: 'suggest' }, offering('passport', 'id-card-lost'), 'offered'],
    ['other suggestions', { step: 'suggest' }, offering('passport'), 'misled'],
    ['nothing', { step: 'fallback', node: 'id-card-lost' }, initialState, 'refused'],
    ['an alarm', { step: 'emergency', reply: 'emergency' }, initialState, 'wrong'],
  ])('judges an answer that gives %s', (_what, decision, state, outcome) => {
    expect(judge(decision, message(), state).answer).toBe(outcome);
  });

  it('takes a node for the reply that it gives', () => {
    expect(judge({ step: 'whole', node: 'police' }, message({ targets: ['police-110'] })).answer).toBe(
      'right',
    );
  });

  it('wants all targets where there are several questions', () => {
    const both = message({ targets: ['id-card-lost', 'passport'], all: true });
    expect(judge({ step: 'search', node: 'passport' }, both).answer).toBe('wrong');
    expect(judge({ step: 'suggest' }, both, offering('passport', 'id-card-lost')).answer).toBe('offered');
    expect(judge({ step: 'suggest' }, both, offering('passport')).answer).toBe('misled');
  });

  it('counts several answers as right where each was asked for', () => {
    const both = message({ targets: ['id-card-lost', 'passport'], all: true });
    const given: Decision = {
      step: 'several',
      node: 'passport',
      also: [{ node: 'id-card-lost', reply: 'id-card-lost' }],
    };
    expect(judge(given, both).answer).toBe('right');
    expect(judge(given).answer).toBe('wrong');
  });

  it('counts what is offered below an answer', () => {
    const both = message({ targets: ['id-card-lost', 'passport'], all: true });
    const given: Decision = { step: 'search', node: 'passport', offered: true };
    expect(judge(given, both, offering('id-card-lost')).answer).toBe('offered');
    expect(judge({ step: 'search', node: 'passport' }, both, offering('id-card-lost')).answer).toBe('wrong');
  });

  it('judges what is out of scope by whether it was answered', () => {
    const outside = message({ expect: 'out_of_scope', targets: [] });
    expect(judge({ step: 'search', node: 'passport' }, outside).answer).toBe('wrong');
    expect(judge({ step: 'suggest' }, outside, offering('passport')).answer).toBe('misled');
    expect(judge({ step: 'fallback' }, outside).answer).toBe('refused');
  });

  it('judges emergencies and innocent messages by the alarm', () => {
    const emergency = message({ expect: 'emergency', targets: [] });
    expect(judge({ step: 'emergency' }, emergency)).toMatchObject({ alarm: 'alarmed', answer: null });
    expect(judge({ step: 'doubtful' }, emergency).alarm).toBe('doubtful');
    const innocent = message({ expect: 'innocent', targets: [] });
    expect(judge({ step: 'fallback' }, innocent)).toMatchObject({ alarm: 'calm', answer: null });
  });
});
