import { describe, expect, it } from '@jest/globals';
import { vocabularyOf } from '../../../scripts/bench/vocabulary.js';
import { compileRelease } from '../../../src/dialog/release.js';
import { initialState } from '../../../src/dialog/dialog-state.js';
import { stepDialog } from '../../../src/dialog/step-dialog.js';
import { settle } from '../../support/conversation.js';
import type { CitizenInput } from '../../../src/core/messages.js';
import { buildContent } from '../../support/content-builder.js';

const content = buildContent({
  buttons: [{ name: '办事', buttons: [{ name: '交通', opens: { node: 'traffic' } }] }],
  scenes: [{ scene: 'hall', title: '大厅', opens: { node: 'traffic' } }],
});
const release = compileRelease({ accountId: 'a', number: 1, hash: 'h', content });
const vocabulary = vocabularyOf(content);

function stepOf(input: CitizenInput): string {
  return settle(stepDialog(release, initialState, input, Date.UTC(2026, 6, 31))).decision.step;
}

describe('vocabularyOf', () => {
  it('holds numbers that the menu offers', () => {
    expect(vocabulary.numbers).toEqual(expect.arrayContaining(['0', '#', '1', '1-1', '1-2', '2-1']));
  });

  it('holds keywords, and every one leads somewhere', () => {
    expect(vocabulary.keywords.length).toBeGreaterThan(0);
    const steps = vocabulary.keywords.map((text) => stepOf({ kind: 'text', text }));
    expect(steps).not.toContain('fallback');
  });

  it('holds unknown texts, and not one leads anywhere', () => {
    const steps = vocabulary.unknown.map((text) => stepOf({ kind: 'text', text }));
    expect(new Set(steps)).toEqual(new Set(['fallback']));
  });

  it('holds the keys of the buttons and the scenes of the QR codes', () => {
    expect([vocabulary.buttonKeys, vocabulary.scenes]).toEqual([['node:traffic'], ['hall']]);
  });
});
