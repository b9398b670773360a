import { expect, it } from '@jest/globals';
import { leave, noShares, takeTurn } from '../../../src/features/tickets/bucket-shares.js';

const now = Date.parse('2026-11-23T01:00:00Z');
const said = { device: 'one', name: '1号口', turn: 1, holds: [], agreed: [] };

it('a turn that leaving overtook does not open the gate again; a later one does', () => {
  const opened = takeTurn(noShares, said, now)!;
  const left = leave(opened.shares, { device: 'one', turn: 3 }, now);
  expect(left.gates).toEqual([]);
  expect(takeTurn(left, { ...said, turn: 2, holds: opened.buckets }, now + 50)).toBeNull();
  expect(takeTurn(left, { ...said, turn: 4 }, now + 50)?.buckets).toHaveLength(64);
});

it('a gate that left is not remembered for long', () => {
  const left = leave(noShares, { device: 'one', turn: 3 }, now);
  const { shares } = takeTurn(left, { ...said, device: 'two' }, now + 61_000)!;
  expect(shares.departed).toEqual([]);
});
