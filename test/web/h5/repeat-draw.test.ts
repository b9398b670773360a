import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { PublicDrawView } from '../../../src/api-types/citizen-activities.js';
import { drawLots } from '../../../src/features/activities/draw/draw-lots.js';
import { repeatDraw } from '../../../src/web/h5/repeat-draw.js';
import { createHash } from 'node:crypto';

type Drawn = { commitment: string; result: NonNullable<PublicDrawView['result']> };

const right = { isPromisedSeed: true, areDrawnLots: true, isSameResult: true };
const hexOf = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((all) => Buffer.from(all).toString('hex'));

/** As the server draws and publishes it. */
function draw(seed: string, lots: { lot: string; groupId: string }[], total: number): Drawn {
  const quotas = { total, groups: { a: 2, b: 3 } };
  const work = drawLots(seed, lots, quotas);
  for (;;) {
    const step = work.next();
    if (!step.done) continue;
    const { lotsDigest, entries } = step.value;
    return {
      commitment: createHash('sha256').update(Buffer.from(seed, 'hex')).digest('hex'),
      result: {
        seed,
        lotsDigest,
        drawnAt: '2026-11-27T00:00:00.000Z',
        quota: total,
        groups: Object.entries(quotas.groups).map(([id, quota]) => ({ id, name: id, quota })),
        entries: entries.map(({ lot, groupId, won }) => ({ lot, groupId, won })),
      },
    };
  }
}

const draws = fc
  .tuple(
    hexOf(32),
    fc.uniqueArray(fc.record({ lot: hexOf(6), groupId: fc.constantFrom('a', 'b') }), {
      selector: ({ lot }) => lot,
      minLength: 2,
      maxLength: 20,
    }),
    fc.integer({ min: 1, max: 6 }),
  )
  .map((parts) => draw(...parts));

describe('a draw that the browser repeats', () => {
  it('comes out as the server’s', async () => {
    await fc.assert(
      fc.asyncProperty(draws, async (drawn) => expect(await repeatDraw(drawn)).toEqual(right)),
      { numRuns: 50 },
    );
  });

  it('shows a seed that is not the promised one', async () => {
    await fc.assert(
      fc.asyncProperty(draws, hexOf(32), async (drawn, seed) => {
        fc.pre(seed !== drawn.result.seed);
        const check = await repeatDraw({ ...drawn, result: { ...drawn.result, seed } });
        expect(check.isPromisedSeed).toBe(false);
      }),
      { numRuns: 20 },
    );
  });

  it('shows a lot that was added, taken away or changed', async () => {
    await fc.assert(
      fc.asyncProperty(draws, hexOf(6), async (drawn, lot) => {
        const { entries } = drawn.result;
        fc.pre(entries.every((one) => one.lot !== lot));
        const [first, ...rest] = entries;
        for (const tampered of [[...entries, { ...first!, lot }], rest, [{ ...first!, lot }, ...rest]]) {
          const check = await repeatDraw({ ...drawn, result: { ...drawn.result, entries: tampered } });
          expect(check.areDrawnLots).toBe(false);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('shows another order, and a winner who did not win', async () => {
    await fc.assert(
      fc.asyncProperty(draws, async (drawn) => {
        const { entries } = drawn.result;
        const [first, ...rest] = entries;
        for (const tampered of [
          [...rest, first!],
          [{ ...first!, won: !first!.won }, ...rest],
        ]) {
          const check = await repeatDraw({ ...drawn, result: { ...drawn.result, entries: tampered } });
          expect(check.isSameResult).toBe(false);
        }
      }),
      { numRuns: 20 },
    );
  });
});
