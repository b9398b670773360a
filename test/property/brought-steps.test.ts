import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { CitizenInput } from '../../src/core/messages.js';
import { dialogStateSchema, type FormFrame } from '../../src/dialog/dialog-state.js';
import { submissionSchema, type FormStep } from '../../src/dialog/forms/form-model.js';
import { nextPlace, stepAt, stepsOf } from '../../src/dialog/forms/form-places.js';
import type { RequestOutcome } from '../../src/dialog/request.js';
import { buildContent } from '../support/content-builder.js';
import { buildRelease, Conversation, textOf } from '../support/conversation.js';
import { buildForm } from '../support/form-builder.js';

const idNumber = '11010519491231002X';
const phone = '13812345678';

/** Two steps that bring others along, around one that does not. */
const form = buildForm({
  id: 'join',
  title: '参加',
  words: ['参加'],
  intro: undefined,
  steps: [
    {
      key: 'what',
      type: 'choice',
      label: '项目',
      question: '哪一项？',
      options: { ask: 'join.list' },
      onAnswer: 'join.questions',
      asksAgainOn: ['changed'],
    },
    { key: 'phone', type: 'phone', label: '电话', question: '请留电话。', personal: true },
    {
      key: 'how',
      type: 'choice',
      label: '方式',
      question: '怎么来？',
      options: [
        { value: 'bus', label: '坐车' },
        { value: 'walk', label: '走路' },
      ],
      onAnswer: 'join.more',
    },
  ],
  submit: 'join.submit',
  done: '好了。',
});
const release = buildRelease(buildContent(), 1, [form]);
const compiled = release.forms.byId.get('join')!;

const aWord = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((word) => word.trim() !== '');
const anOption = fc.record({ value: aWord, label: aWord });
const head = (key: fc.Arbitrary<string>) => ({
  key,
  label: aWord.map((word) => word.trim().slice(0, 12)),
  question: aWord,
  optional: fc.boolean(),
  personal: fc.boolean(),
});
const aStepOf = (key: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.record({
      ...head(key),
      type: fc.constant('text'),
      min: fc.integer({ min: 1, max: 20 }),
      max: fc.integer({ min: 20, max: 300 }),
    }),
    fc.record({
      ...head(key),
      type: fc.constant('number'),
      min: fc.integer({ min: 0, max: 20 }),
      max: fc.integer({ min: 20, max: 300 }),
      integer: fc.boolean(),
    }),
    fc.record({ ...head(key), type: fc.constantFrom('date', 'phone', 'idNumber') }),
    fc.record({
      ...head(key),
      type: fc.constant('choice'),
      options: fc.array(anOption, { minLength: 2, maxLength: 20 }),
    }),
  );
const someSteps = (prefix: string) =>
  fc.uniqueArray(aStepOf(fc.integer({ min: 1, max: 6 }).map((nth) => `${prefix}${nth}`)), {
    maxLength: 6,
    selector: ({ key }) => key,
  });

const anything: fc.Arbitrary<RequestOutcome> = fc.oneof(
  { weight: 6, arbitrary: someSteps('any').map((steps) => broughtBy(steps)) },
  fc.array(fc.jsonValue(), { maxLength: 3 }).map((steps) => broughtBy(steps)),
  fc.jsonValue().map((steps) => broughtBy(steps)),
  fc
    .constantFrom('changed', 'full')
    .map((code): RequestOutcome => ({ kind: 'refused', code, sentence: '不行。' })),
  fc.constant<RequestOutcome>({ kind: 'unavailable' }),
);

function broughtBy(steps: unknown): RequestOutcome {
  return { kind: 'done', facts: { steps: JSON.parse(JSON.stringify(steps)) } };
}

const list: RequestOutcome = {
  kind: 'done',
  facts: { options: ['a', 'b'].map((value) => ({ value, label: `第${value}项` })) },
};

function frameOf({ state }: Conversation): FormFrame {
  if (state.frame?.kind !== 'form') throw new Error('no form is open');
  return state.frame;
}

/** What a sensible person says to a step. */
function sensible(step: FormStep): string {
  switch (step.type) {
    case 'text':
      return '字'.repeat(step.min);
    case 'number':
      return String(step.max);
    case 'date':
      return '2026-06-02';
    case 'phone':
      return phone;
    case 'idNumber':
      return idNumber;
    case 'choice':
    case 'confirm':
      return '2';
    case 'image':
    case 'location':
      throw new Error('not answered in words');
  }
}

/** What brings a form forward from where it stands. */
function forward(talk: Conversation): string {
  const frame = frameOf(talk);
  if (frame.stage === 'consent') return '同意';
  const step = stepAt(compiled, frame);
  return step === undefined ? '确认' : sensible(step);
}

/** To the first step; in a form that is full, # leads to the review and from there to the last step. */
function stepBack(talk: Conversation, most: number): void {
  if (nextPlace(compiled, frameOf(talk)).stage === 'review') return;
  for (let back = 0; back < most; back += 1) talk.say('#');
  expect(frameOf(talk)).toMatchObject({ stage: 'ask', step: 'what' });
}

describe('a form into which a service brings steps, whatever they are', () => {
  it('comes to its end for whoever answers, forwards, back and forwards again', () => {
    fc.assert(
      fc.property(someSteps('first'), someSteps('second'), fc.nat({ max: 20 }), (first, second, turnsAt) => {
        const talk = new Conversation(release);
        talk.service = ({ name }) => {
          if (name === 'join.list') return list;
          if (name === 'join.questions') return broughtBy(first);
          return name === 'join.more' ? broughtBy(second) : { kind: 'done', facts: {} };
        };
        talk.say('参加');
        const most = 2 * (first.length + second.length + 8);
        for (let said = 0; talk.state.frame !== null && said < most; said += 1) {
          if (said === turnsAt) stepBack(talk, most);
          talk.say(forward(talk));
        }
        expect(talk.state.frame).toBeNull();
        const { values } = submissionSchema.parse(talk.requests.at(-1)?.payload);
        const asked = ['what', 'phone', 'how', ...[...first, ...second].map(({ key }) => key)];
        expect(Object.keys(values).toSorted()).toEqual(asked.toSorted());
      }),
      { numRuns: 150 },
    );
  });

  const anInput: fc.Arbitrary<CitizenInput> = fc.oneof(
    { weight: 4, arbitrary: fc.constant<CitizenInput>({ kind: 'text', text: '\u0000forward' }) },
    {
      weight: 3,
      arbitrary: fc
        .constantFrom(
          '参加',
          '1',
          '2',
          '3',
          '7',
          '#',
          '取消',
          '同意',
          '不同意',
          '确认',
          '接着',
          '跳过',
          '人工',
          phone,
        )
        .map((text): CitizenInput => ({ kind: 'text', text })),
    },
    fc.constantFrom<CitizenInput>(
      { kind: 'image', mediaId: 'm', url: 'u' },
      { kind: 'click', key: 'form:join' },
    ),
  );

  it('answers whatever is said, hands in only what is asked, and can always be left', () => {
    fc.assert(
      fc.property(
        fc.array(anInput, { maxLength: 25 }),
        fc.array(anything, { minLength: 1, maxLength: 5 }),
        (inputs, outcomes) => {
          const talk = new Conversation(release);
          let asked = 0;
          talk.service = ({ name }) => {
            asked += 1;
            return name === 'join.list' ? list : outcomes[asked % outcomes.length]!;
          };
          talk.say('参加');
          for (const input of inputs) {
            const isOpen = talk.state.frame?.kind === 'form';
            const meant = input.kind === 'text' && input.text === '\u0000forward';
            const before = talk.requests.length;
            const turn = talk.do(meant ? { kind: 'text', text: isOpen ? forward(talk) : '参加' } : input);
            expect(talk.requests.length - before).toBeLessThan(20);
            expect(turn.replies.length).toBeGreaterThan(0);
            expect(JSON.stringify(turn.replies)).not.toMatch(/19491231|12345678/);
            const stored = JSON.stringify(talk.state);
            expect(stored.length).toBeLessThan(24_000);
            expect(dialogStateSchema.parse(JSON.parse(stored))).toEqual(talk.state);
          }
          for (const { payload } of talk.requests.filter(({ name }) => name === 'join.submit')) {
            const { values, consent } = submissionSchema.parse(payload);
            expect(values).toHaveProperty('what');
            expect(consent).toBeDefined();
          }
          const frame = talk.state.frame;
          if (frame?.kind !== 'form') return;
          expect(new Set(stepsOf(compiled, frame).map(({ key }) => key)).size).toBe(
            stepsOf(compiled, frame).length,
          );
          expect(textOf(talk.say('取消'))).toContain('已离开“参加”');
          expect(talk.state.frame?.kind).not.toBe('form');
        },
      ),
      { numRuns: 250 },
    );
  });
});
