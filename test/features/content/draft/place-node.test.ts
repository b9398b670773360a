import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { placeNode } from '../../../../src/features/content/draft/place-node.js';

const list = (...numbers: number[]) => numbers.map((number) => ({ id: `n${number}`, number }));

describe('a node that gets a number', () => {
  it('takes a free one, and nobody makes way', () => {
    expect(placeNode(list(1, 3), 'x', 2)).toEqual(new Map([['x', 2]]));
  });

  it('pushes those above up to the next gap when it comes from elsewhere', () => {
    expect(placeNode(list(1, 2, 3, 5), 'x', 2)).toEqual(
      new Map([
        ['n2', 3],
        ['n3', 4],
        ['x', 2],
      ]),
    );
  });

  it('closes the place that it leaves when it moves down its own list', () => {
    expect(placeNode(list(1, 3, 4, 5), 'x', 4, 2)).toEqual(
      new Map([
        ['n4', 3],
        ['n3', 2],
        ['x', 4],
      ]),
    );
  });

  it('pushes downwards where nothing above is free', () => {
    expect(placeNode(list(97, 98, 99), 'x', 98)).toEqual(
      new Map([
        ['n98', 97],
        ['n97', 96],
        ['x', 98],
      ]),
    );
  });

  it('finds no place among ninety-nine', () => {
    expect(placeNode(list(...Array.from({ length: 99 }, (_, index) => index + 1)), 'x', 5)).toBeUndefined();
  });

  it('always leaves every number to one, in the order that was, and itself where it was put', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 98 });
    const place = fc.integer({ min: 1, max: 99 });
    fc.assert(
      fc.property(numbers, place, fc.option(place, { nil: undefined }), (taken, number, from) => {
        const siblings = list(...taken.filter((one) => one !== from));
        const moved = placeNode(siblings, 'x', number, from)!;
        const after = siblings.map(({ id, number }) => moved.get(id) ?? number);

        expect(moved.get('x')).toBe(number);
        expect(new Set([...after, number]).size).toBe(siblings.length + 1);
        expect(Math.min(...after, 1)).toBeGreaterThan(0);
        expect(Math.max(...after, 1)).toBeLessThan(100);
        const ordered = siblings.map((one, index) => [one.number, after[index]!] as const);
        for (const [index, [before, now]] of ordered.entries()) {
          for (const [otherBefore, otherNow] of ordered.slice(index + 1)) {
            expect(Math.sign(before - otherBefore)).toBe(Math.sign(now - otherNow));
          }
        }
      }),
    );
  });
});
