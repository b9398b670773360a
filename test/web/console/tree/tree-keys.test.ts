import { describe, expect, it } from '@jest/globals';
import { collectMarks } from '../../../../src/web/console/tree/node-marks.js';
import { readNode, writeNode } from '../../../../src/web/console/tree/node-form.js';
import { focusAfter } from '../../../../src/web/console/tree/tree-keys.js';
import { listRows, type TreeNode } from '../../../../src/web/console/tree/tree-model.js';

const about = { version: 1, answer: null, reply: undefined };
const a: TreeNode = { ...about, id: 'a', title: 'a', number: 1, parent: null, children: 1 };
const aa: TreeNode = { ...about, id: 'aa', title: 'aa', number: 1, parent: 'a', children: 0 };
const b: TreeNode = { ...about, id: 'b', title: 'b', number: 2, parent: null, children: 0 };
const levels = new Map([
  [null, [a, b]],
  ['a', [aa]],
]);
const rows = listRows(levels, new Set(['a']));

describe('a key in the tree', () => {
  it.each([
    ['a', 'arrowdown', 'aa'],
    ['b', 'arrowup', 'aa'],
    ['b', 'arrowdown', undefined],
    ['b', 'home', 'a'],
    ['a', 'end', 'b'],
    ['a', 'arrowright', 'aa'],
    ['aa', 'arrowright', undefined],
    ['aa', 'arrowleft', 'a'],
    ['a', 'arrowleft', undefined],
    ['a', 'x', undefined],
  ])('at %s, %s leads to %s', (id, keys, next) => {
    const row = rows.find((one) => one.node.id === id)!;

    expect(focusAfter(keys, row, rows)).toBe(next);
  });
});

describe('the marks of a node', () => {
  const at = (kind: string, id: string, severity: 'error' | 'warning' | 'notice') => ({
    severity,
    where: { kind, id, path: [] },
  });

  it('count its own findings and those of its reply, but not what remains to be written', () => {
    const findings = [
      at('node', 'fine', 'error'),
      at('reply', 'fine-reply', 'warning'),
      at('reply', 'fine-reply', 'notice'),
      at('reply', 'other', 'error'),
    ];
    const marksOf = collectMarks(findings, undefined);

    expect(marksOf({ id: 'fine', reply: 'fine-reply' })).toEqual({
      errors: 1,
      warnings: 1,
      answers: undefined,
      unanswered: 0,
    });
  });

  it('tell none from unknown: a node that was never asked for has been answered 0 times', () => {
    const statistics = { since: '2026-10-24', nodes: { fine: { answers: 8, unanswered: 2 } }, replies: {} };
    const marksOf = collectMarks([], statistics);

    expect(marksOf({ id: 'fine', reply: undefined })).toMatchObject({ answers: 8, unanswered: 2 });
    expect(marksOf({ id: 'other', reply: undefined })).toMatchObject({ answers: 0, unanswered: 0 });
  });
});

describe('a node as it is typed', () => {
  it('saves what it was read from', () => {
    const value = { id: 'fine', parent: 'traffic', number: 3, title: '罚款', reply: 'fine' };

    expect(writeNode(readNode(value))).toEqual(value);
  });

  it('gives up its reply when it only lists what lies below', () => {
    const form = readNode({ id: 'fine', number: 3, title: '罚款', reply: 'fine' });

    expect(writeNode({ ...form, answer: 'list' })).toEqual({ id: 'fine', number: 3, title: '罚款' });
    expect(writeNode({ ...form, answer: 'form', form: 'report' })).toMatchObject({ form: 'report' });
  });
});
