import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { CitizenInput } from '../../src/core/messages.js';
import type { Content, MenuNode } from '../../src/dialog/content-model.js';
import { dialogStateSchema, initialState, type DialogState } from '../../src/dialog/dialog-state.js';
import { stepDialog, type Turn } from '../../src/dialog/step-dialog.js';
import { buildContent } from '../support/content-builder.js';
import { buildRelease, Conversation, menuOf, settle } from '../support/conversation.js';

const NOW = Date.parse('2026-06-01T09:00:00+08:00');
const IDS = Array.from('abcdefghijklmnop', (letter) => `node-${letter}`);
const REPLIES = buildContent().replies.map(({ id }) => id);

/** A tree out of a pool of ids, so that any two trees share some nodes, under other numbers, at other places. */
const aTree: fc.Arbitrary<MenuNode[]> = fc
  .tuple(
    fc.shuffledSubarray(IDS, { minLength: 1 }),
    fc.infiniteStream(fc.nat()),
    fc.infiniteStream(fc.option(fc.constantFrom(...REPLIES))),
  )
  .map(([ids, places, replies]) => {
    const tree: MenuNode[] = [];
    const lists = [tree];
    for (const id of ids) {
      const siblings = lists[places.next().value % lists.length]!;
      const taken = new Set(siblings.map(({ number }) => number));
      let number = (places.next().value % 99) + 1;
      while (taken.has(number)) number = (number % 99) + 1;
      const reply = replies.next().value;
      const node = { id, number, title: id, children: [], ...(reply === null ? {} : { reply }) };
      siblings.push(node);
      lists.push(node.children);
    }
    return tree;
  });

const aContent: fc.Arbitrary<Content> = aTree.map((tree) =>
  buildContent({
    tree,
    scenes: [{ scene: 'poster', title: '海报', opens: { node: tree[0]!.id } }],
    buttons: [],
    rules: tree.map(({ id }, index) => ({
      id: `rule-${index}`,
      contains: [`词${index}`, '护照'],
      to: { node: id },
    })),
  }),
);

const aText = fc.oneof(
  fc.integer({ min: 0, max: 120 }).map(String),
  fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 2, maxLength: 4 }).map((path) => path.join('-')),
  fc.constantFrom('#', '菜单', '帮助', '人工', '取消', '护照', '词0', '救命', '如何报警', '110', '你好'),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const anInput: fc.Arbitrary<CitizenInput> = fc.oneof(
  { weight: 8, arbitrary: aText.map((text): CitizenInput => ({ kind: 'text', text })) },
  {
    weight: 2,
    arbitrary: fc.oneof(
      fc.constantFrom<CitizenInput>(
        { kind: 'image', mediaId: 'm', url: 'u' },
        { kind: 'location', latitude: 24, longitude: 116, label: '' },
        { kind: 'follow' },
        { kind: 'unfollow' },
        { kind: 'notification', name: 'n' },
      ),
      fc
        .string()
        .map((recognition): CitizenInput => ({ kind: 'voice', mediaId: 'm', format: 'a', recognition })),
      fc.constantFrom('poster', '', '__proto__').map((scene): CitizenInput => ({ kind: 'follow', scene })),
      fc.constantFrom('poster', 'x').map((scene): CitizenInput => ({ kind: 'scan', scene })),
      fc.constantFrom(...IDS, 'x').map((id): CitizenInput => ({ kind: 'click', key: `node:${id}` })),
      fc.string().map((key): CitizenInput => ({ kind: 'click', key })),
    ),
  },
);

const anId = fc.oneof(fc.constantFrom(...IDS), fc.string());
const anyState: fc.Arbitrary<DialogState> = fc.record({
  frame: fc.option(
    fc.record({
      kind: fc.constant('menu' as const),
      path: fc.array(anId),
      shown: fc.array(
        fc.oneof(
          fc.record({ number: fc.integer(), node: anId }),
          fc.record({ number: fc.integer(), reply: fc.oneof(fc.constantFrom(...REPLIES), fc.string()) }),
        ),
      ),
      until: fc.oneof(fc.constant(NOW + 1), fc.double()),
    }),
  ),
});

function run(content: Content, inputs: readonly CitizenInput[]): Conversation {
  const talk = new Conversation(buildRelease(content));
  inputs.forEach((input) => talk.do(input));
  return talk;
}

function leadsTo({ decision }: Turn): string | undefined {
  return decision.node ?? decision.reply;
}

describe('the dialog, whatever happens', () => {
  it('answers any input in any state, and says nothing only where nothing was said to it', () => {
    fc.assert(
      fc.property(aContent, anyState, anInput, (content, state, input) => {
        const turn = settle(stepDialog(buildRelease(content), state, input, NOW));
        const silent = input.kind === 'unfollow' || input.kind === 'notification';
        expect(turn.replies.length > 0).toBe(!silent);
        expect(turn.decision.step === 'silent').toBe(silent);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps a state that is small and survives storage', () => {
    fc.assert(
      fc.property(aContent, fc.array(anInput, { maxLength: 20 }), (content, inputs) => {
        const { state } = run(content, inputs);
        const stored = JSON.stringify(state);
        expect(stored.length).toBeLessThan(4_096);
        expect(dialogStateSchema.parse(JSON.parse(stored))).toEqual(state);
      }),
    );
  });

  it('gives the same turn for the same input, and changes neither release nor state', () => {
    fc.assert(
      fc.property(aContent, anyState, anInput, (content, state, input) => {
        const release = buildRelease(content);
        const before = structuredClone(state);
        const first = settle(stepDialog(release, state, input, NOW));
        expect(settle(stepDialog(release, state, input, NOW))).toEqual(first);
        expect(state).toEqual(before);
      }),
    );
  });
});

describe('a number that was seen', () => {
  it('leads to what was listed under it', () => {
    fc.assert(
      fc.property(aContent, fc.array(anInput, { maxLength: 8 }), fc.nat(), (content, inputs, pick) => {
        const talk = run(content, inputs);
        const shown = menuOf(talk.state)?.shown ?? talk.release.root.shown;
        const choice = shown[pick % shown.length]!;
        expect(leadsTo(talk.say(String(choice.number)))).toBe(
          'node' in choice ? choice.node : 'reply' in choice && choice.reply,
        );
      }),
    );
  });

  it('leads after a new release to what was listed under it, or to a list of what is there now', () => {
    fc.assert(
      fc.property(
        aContent,
        aContent,
        fc.array(anInput, { minLength: 1, maxLength: 8 }),
        fc.nat(),
        (before, after, inputs, pick) => {
          const talk = run(before, [...inputs, { kind: 'text', text: '#' }]);
          const { shown } = menuOf(talk.state)!;
          const choice = shown[pick % shown.length]!;
          talk.publish(after);
          const turn = talk.say(String(choice.number));
          if ('node' in choice && talk.release.places.has(choice.node)) {
            expect(leadsTo(turn)).toBe(choice.node);
          } else {
            expect(turn.decision.node).toBeUndefined();
            const { shown } = menuOf(turn.state)!;
            expect(shown.every((choice) => 'node' in choice && talk.release.places.has(choice.node))).toBe(
              true,
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the fixed points of the dialog', () => {
  const anyRelease = aContent.map((content) => buildRelease(content));

  it('0 always gives the main menu', () => {
    fc.assert(
      fc.property(anyRelease, anyState, (release, state) => {
        const turn = settle(stepDialog(release, state, { kind: 'text', text: '0' }, NOW));
        expect(turn.replies).toBe(release.root.page.replies);
        expect(turn.state.frame).toMatchObject({ path: [], shown: release.root.shown });
      }),
    );
  });

  it('an emergency word wins over whatever stands around it', () => {
    const around = fc.string({ unit: 'grapheme', maxLength: 20 });
    fc.assert(
      fc.property(anyRelease, anyState, around, around, (release, state, before, after) => {
        const text = `${before} 救命 ${after}`;
        expect(settle(stepDialog(release, state, { kind: 'text', text }, NOW)).decision.step).toBe(
          'emergency',
        );
      }),
    );
  });

  it('# leads to the main menu in as many steps as the citizen is deep', () => {
    fc.assert(
      fc.property(aContent, fc.constantFrom(...IDS), (content, id) => {
        const talk = new Conversation(buildRelease(content));
        talk.state = initialState;
        talk.do({ kind: 'click', key: `node:${id}` });
        const depth = menuOf(talk.state)!.path.length;
        for (let step = 0; step < depth; step += 1) talk.say('#');
        expect(talk.state.frame).toMatchObject({ path: [], shown: talk.release.root.shown });
      }),
    );
  });
});
