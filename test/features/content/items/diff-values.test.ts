import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { diffValues } from '../../../../src/features/content/items/diff-values.js';
import { applyChanges } from '../../../support/apply-changes.js';

const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)));
const sentences = fc.array(fc.constantFrom('甲', '乙', '丙', '丁'), { maxLength: 8 });

describe('the differences of two values', () => {
  it('are none for equal ones', () => {
    fc.assert(fc.property(json, (value) => expect(diffValues(value, structuredClone(value))).toEqual([])));
  });

  it('carried out, turn the one into the other', () => {
    fc.assert(
      fc.property(json, json, (before, after) => {
        expect(applyChanges(before, diffValues(before, after))).toEqual(after);
      }),
    );
  });

  it('do so for a field that bears the name of the prototype', () => {
    const after = JSON.parse('{"__proto__": {"费用": "20 元"}}');

    expect(diffValues({}, after)).toEqual([{ op: 'added', path: ['__proto__'], after: { 费用: '20 元' } }]);
    expect(applyChanges({}, diffValues({}, after))).toEqual(after);
  });

  it('do so in lists with repeated sentences, too', () => {
    fc.assert(
      fc.property(sentences, sentences, (before, after) => {
        expect(applyChanges(before, diffValues(before, after))).toEqual(after);
      }),
    );
  });

  it('do so in lists too long to be aligned', () => {
    const before = Array.from({ length: 600 }, (_, index) => `前${index}`);
    const after = Array.from({ length: 610 }, (_, index) => `后${index}`);

    expect(applyChanges(before, diffValues(before, after))).toEqual(after);
  });

  it.each(['valueOf', 'constructor', 'toString'])('see a field called %s come and go', (name) => {
    expect(diffValues({}, { [name]: '甲' })).toEqual([{ op: 'added', path: [name], after: '甲' }]);
    expect(diffValues({ [name]: '甲' }, {})).toEqual([{ op: 'removed', path: [name], before: '甲' }]);
  });

  it('name the sentence that was added, and not those that moved down', () => {
    expect(diffValues({ steps: ['取号', '领证'] }, { steps: ['带照片', '取号', '领证'] })).toEqual([
      { op: 'added', path: ['steps', 0], after: '带照片' },
    ]);
  });

  it('take a sentence in the place of another as changed', () => {
    expect(diffValues(['取号', '交 20 元', '领证'], ['取号', '交 40 元', '领证'])).toEqual([
      { op: 'changed', path: [1], before: '交 20 元', after: '交 40 元' },
    ]);
  });

  it('tell a field that came or went from one that changed', () => {
    expect(diffValues({ fee: '20 元', time: '60 日' }, { fee: '40 元', place: '大厅' })).toEqual([
      { op: 'changed', path: ['fee'], before: '20 元', after: '40 元' },
      { op: 'removed', path: ['time'], before: '60 日' },
      { op: 'added', path: ['place'], after: '大厅' },
    ]);
  });
});
