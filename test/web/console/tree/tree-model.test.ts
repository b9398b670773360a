import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { placeNode } from '../../../../src/features/content/draft/place-node.js';
import {
  isWithin,
  levelNeeded,
  listRows,
  nextNumber,
  planDrop,
  planStep,
  toTreeNode,
  type Levels,
  type TreeNode,
} from '../../../../src/web/console/tree/tree-model.js';

function node(id: string, number: number, parent: string | null = null, children = 0): TreeNode {
  return { id, title: id, number, parent, version: 1, children, answer: 'text', reply: undefined };
}

/** 1 a (1 aa, 2 ab), 2 b, 5 c. */
const levels: Levels = new Map([
  [null, [node('a', 1, null, 2), node('b', 2), node('c', 5)]],
  ['a', [node('aa', 1, 'a'), node('ab', 2, 'a')]],
]);

describe('the rows of the tree', () => {
  it('are all nodes below open ones, with their numbers from the first level on', () => {
    const rows = listRows(levels, new Set(['a']));

    expect(rows.map((row) => `${row.numbers.join('-')} ${row.node.id}`)).toEqual([
      '1 a',
      '1-1 aa',
      '1-2 ab',
      '2 b',
      '5 c',
    ]);
    expect(rows[2]).toMatchObject({ level: 2, position: 2, siblings: 2, isOpen: false });
  });

  it('show nothing below a closed node, or one whose level is not loaded', () => {
    expect(listRows(levels, new Set()).length).toBe(3);
    expect(listRows(new Map([[null, [node('a', 1, null, 2)]]]), new Set(['a'])).length).toBe(1);
  });

  it('read a node of the API', () => {
    const value = { id: 'fine', parent: 'traffic', number: 3, title: '罚款', reply: 'fine' };
    const item = {
      kind: 'node' as const,
      id: 'fine',
      title: '罚款',
      version: 4,
      updatedAt: '2026-11-22T08:00:00.000Z',
      updatedBy: { staffId: 'li', name: '李' },
      value,
    };

    expect(toTreeNode({ item, children: 0, answer: 'guide' })).toEqual({
      id: 'fine',
      title: '罚款',
      number: 3,
      parent: 'traffic',
      version: 4,
      children: 0,
      answer: 'guide',
      reply: 'fine',
    });
  });
});

describe('a step by keyboard', () => {
  it.each([
    ['b', 'up', { parent: null, number: 1 }],
    ['b', 'down', { parent: null, number: 5 }],
    ['a', 'up', undefined],
    ['c', 'down', undefined],
    ['ab', 'out', { parent: null, number: 2 }],
    ['a', 'out', undefined],
    ['b', 'in', { parent: 'a', number: 3 }],
    ['a', 'in', undefined],
  ] as const)('%s %s leads to %j', (id, step, move) => {
    expect(planStep(levels, id, step)).toEqual(move);
  });

  it('into a neighbour needs what lies below it', () => {
    expect(levelNeeded(levels, 'b', 'in')).toBe('a');
    expect(levelNeeded(levels, 'b', 'up')).toBeUndefined();
  });

  it('does not lead below a node that opens a form', () => {
    const form: Levels = new Map([[null, [{ ...node('a', 1), answer: 'form' as const }, node('b', 2)]]]);

    expect(planStep(form, 'b', 'in')).toBeUndefined();
  });
});

describe('a node that is dropped', () => {
  it('goes behind everything below the node it is dropped onto', () => {
    expect(planDrop(levels, { dragged: 'c', target: 'a', place: 'inside' })).toEqual({
      parent: 'a',
      number: 3,
    });
  });

  it('never goes below itself', () => {
    expect(planDrop(levels, { dragged: 'a', target: 'ab', place: 'after' })).toBeUndefined();
    expect(isWithin(levels, 'ab', 'a')).toBe(true);
    expect(isWithin(levels, 'b', 'a')).toBe(false);
  });

  it('ends up where it was dropped, once the server has made its neighbours give way', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 2, maxLength: 40 });
    const place = fc.constantFrom('before' as const, 'after' as const);
    fc.assert(
      fc.property(numbers, fc.nat(), fc.nat(), place, fc.boolean(), (taken, from, to, place, isForeign) => {
        const siblings = taken.toSorted((one, other) => one - other).map((n) => node(`n${n}`, n));
        const target = siblings[to % siblings.length]!;
        const foreign = node('x', 1, 'elsewhere');
        const dragged = isForeign ? foreign : siblings[from % siblings.length]!;
        if (dragged === target) return;
        const tree: Levels = new Map([
          [null, siblings],
          ['elsewhere', [foreign]],
        ]);
        const move = planDrop(tree, { dragged: dragged.id, target: target.id, place });
        const order = carryOut(siblings, dragged, move?.number, isForeign);
        const at = order.indexOf(target.id);

        expect(order[place === 'before' ? at - 1 : at + 1]).toBe(dragged.id);
      }),
    );
  });
});

/** As the server does it. @returns the ids in their order afterwards. */
function carryOut(
  siblings: readonly TreeNode[],
  dragged: TreeNode,
  number: number | undefined,
  isForeign: boolean,
): string[] {
  const others = siblings.filter(({ id }) => id !== dragged.id);
  const moved =
    number === undefined
      ? new Map<string, number>()
      : placeNode(others, dragged.id, number, isForeign ? undefined : dragged.number)!;
  return [...others, dragged]
    .map(({ id, number }) => ({ id, number: moved.get(id) ?? number }))
    .sort((one, other) => one.number - other.number)
    .map(({ id }) => id);
}

describe('the number of a new node', () => {
  it('is behind the others, or the lowest free one where 99 is taken', () => {
    expect(nextNumber([node('a', 3)])).toBe(4);
    expect(nextNumber([node('a', 1), node('b', 99)])).toBe(2);
    expect(
      nextNumber(Array.from({ length: 99 }, (_, index) => node(`n${index}`, index + 1))),
    ).toBeUndefined();
  });
});
