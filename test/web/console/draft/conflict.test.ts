import { describe, expect, it } from '@jest/globals';
import {
  compareFields,
  isSame,
  mergeFields,
  proposeSides,
  readConflict,
} from '../../../../src/web/console/draft/conflict.js';

const refusal = (details: Record<string, unknown>) => ({
  code: 'item_changed',
  details: { updatedBy: '王', updatedAt: '2026-11-22T08:00:00.000Z', version: 3, ...details },
});

describe('two versions of one item', () => {
  const base = { title: '旧', text: '旧', fee: '10元' };
  const mine = { title: '我的', text: '旧', fee: '20元' };
  const theirs = { title: '旧', text: '他的', fee: '30元' };

  it('are told apart field by field, with who changed what', () => {
    expect(compareFields({ mine, theirs, base })).toEqual([
      { field: 'title', mine: '我的', theirs: '旧', by: 'mine' },
      { field: 'text', mine: '旧', theirs: '他的', by: 'theirs' },
      { field: 'fee', mine: '20元', theirs: '30元', by: 'both' },
    ]);
  });

  it('count as changed by both where nobody knows what they began with', () => {
    const fields = compareFields({ mine, theirs, base: undefined });

    expect(new Set(fields.map(({ by }) => by))).toEqual(new Set(['both']));
  });

  it('are merged without losing what only one of them changed', () => {
    const conflict = { mine, theirs };
    const sides = proposeSides(compareFields({ mine, theirs, base }));

    expect(mergeFields(conflict, sides)).toEqual({ title: '我的', text: '他的', fee: '20元' });
    expect(mergeFields(conflict, { ...sides, fee: 'theirs' })).toMatchObject({ fee: '30元' });
  });

  it('lose a field in the merge that the chosen side does not have', () => {
    expect(mergeFields({ mine: { a: 1 }, theirs: { a: 1, b: 2 } }, { b: 'mine' })).toEqual({ a: 1 });
  });

  it('of a list are taken whole', () => {
    const lists = { mine: ['甲'], theirs: ['乙'] };

    expect(compareFields({ ...lists, base: [] })).toEqual([
      { field: '', mine: ['甲'], theirs: ['乙'], by: 'both' },
    ]);
    expect(mergeFields(lists, { '': 'theirs' })).toEqual(['乙']);
  });
});

describe('a refused save', () => {
  it('tells of the other version, and pinned fields are theirs in any case', () => {
    const theirs = { title: '旧', number: 7 };
    const conflict = readConflict(refusal({ theirs }), { title: '新', number: 2 }, ['number']);

    expect(conflict).toMatchObject({ by: '王', version: 3, mine: { title: '新', number: 7 }, theirs });
  });

  it('tells that the other one removed the item', () => {
    expect(readConflict(refusal({ theirs: null }), { title: '新' })).toMatchObject({
      mine: { title: '新' },
      theirs: null,
    });
  });

  it('is no conflict when it was refused for something else', () => {
    expect(readConflict({ code: 'number_taken', details: {} }, {})).toBeUndefined();
  });
});

describe('two values', () => {
  it.each([
    [{ a: 1, b: [1] }, { b: [1], a: 1 }, true],
    [{ a: [] }, {}, false],
    [[], undefined, true],
    [['甲'], ['乙'], false],
  ])('%j and %j are the same: %s', (one, other, same) => {
    expect(isSame(one, other)).toBe(same);
  });
});
