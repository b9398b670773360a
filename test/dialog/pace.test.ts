import { describe, expect, it } from '@jest/globals';
import type { CitizenInput } from '../../src/core/messages.js';
import { dialogStateSchema, initialState, type DialogState } from '../../src/dialog/dialog-state.js';
import { stepDialog, type Turn } from '../../src/dialog/step-dialog.js';
import { buildRelease, settle, textOf } from '../support/conversation.js';

const release = buildRelease();
const limits = { messagesPerMinute: 3 };

class Sender {
  state: DialogState = initialState;
  now = Date.parse('2026-06-01T09:00:00+08:00');

  do(input: CitizenInput): Turn {
    const turn = settle(stepDialog(release, this.state, input, this.now, limits));
    this.state = turn.state;
    return turn;
  }

  say(text: string): Turn {
    return this.do({ kind: 'text', text });
  }
}

function afterThree(): Sender {
  const sender = new Sender();
  for (const text of ['3', '0', '3']) sender.say(text);
  return sender;
}

describe('whoever writes too fast', () => {
  it('is asked once to wait, then hears nothing until the minute is over', () => {
    const sender = afterThree();
    const turn = sender.say('2');
    expect(textOf(turn)).toMatch(/太快[^]*110/);
    expect(turn.decision).toEqual({ step: 'limited' });
    expect(sender.say('2')).toMatchObject({ replies: [], decision: { step: 'limited' } });
    sender.now += 60_000;
    expect(sender.say('2').decision.node).toBe('moving');
  });

  it('is heard in an emergency all the same', () => {
    const sender = afterThree();
    sender.say('2');
    expect(sender.say('救命').decision.step).toBe('emergency');
  });

  it('is limited in pictures as in words', () => {
    expect(afterThree().do({ kind: 'image', mediaId: 'm', url: 'u' }).decision.step).toBe('limited');
  });

  it('may press buttons, and what the platform reports counts for nothing', () => {
    const sender = afterThree();
    for (let report = 0; report < 5; report += 1) sender.do({ kind: 'notification', name: 'n' });
    expect(sender.do({ kind: 'click', key: 'node:id-card' }).decision.step).toBe('click');
    expect(sender.state.pace?.count).toBe(3);
  });
});

describe('the pace', () => {
  it('is part of the stored state, and gone with the first event after its minute', () => {
    const sender = afterThree();
    expect(dialogStateSchema.parse(sender.state)).toEqual(sender.state);
    sender.now += 60_000;
    sender.do({ kind: 'click', key: 'node:id-card' });
    expect(sender.state.pace).toBeUndefined();
  });

  it('is not counted where there is no limit', () => {
    const turn = settle(stepDialog(release, initialState, { kind: 'text', text: '3' }, 0));
    expect(turn.state.pace).toBeUndefined();
  });
});
