import { createHash, createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  drawLots,
  type DrawnLots,
  type DrawQuotas,
  type Lot,
} from '../../../../src/features/activities/draw/draw-lots.js';
import { openSeed, prepareDraw } from '../../../../src/features/activities/draw/draw-seed.js';
import { buildFieldCipher } from '../../../support/builders.js';

const groupIds = ['a', 'b', 'c'];
const seeds = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('hex'));
const lotLists = fc.uniqueArray(
  fc.record({
    lot: fc.stringMatching(/^[0-9a-f]{1,6}$/),
    groupId: fc.constantFrom(...groupIds, 'unknown'),
  }),
  { selector: ({ lot }) => lot, maxLength: 60 },
);
const quotaSets: fc.Arbitrary<DrawQuotas> = fc.record({
  total: fc.nat(40),
  groups: fc.record({ a: fc.nat(20), b: fc.nat(20), c: fc.nat(20) }),
});

describe('a draw of lots', () => {
  it('comes out the same again, in whatever order the lots are handed in', () => {
    const shuffled = lotLists.chain((lots) =>
      fc.tuple(fc.constant(lots), fc.shuffledSubarray(lots, { minLength: lots.length })),
    );
    fc.assert(
      fc.property(seeds, shuffled, quotaSets, (seed, [lots, others], quotas) => {
        expect(draw(seed, others, quotas)).toEqual(draw(seed, lots, quotas));
      }),
    );
  });

  it('gives no more places than there are, of a group or of the whole', () => {
    fc.assert(
      fc.property(seeds, lotLists, quotaSets, (seed, lots, quotas) => {
        const winners = draw(seed, lots, quotas).entries.filter(({ won }) => won);
        expect(winners.length).toBeLessThanOrEqual(quotas.total);
        for (const id of [...groupIds, 'unknown'])
          expect(winners.filter(({ groupId }) => groupId === id).length).toBeLessThanOrEqual(
            quotas.groups[id] ?? 0,
          );
      }),
    );
  });

  it('passes nobody over: whoever lost found the group or the whole full at their turn', () => {
    fc.assert(
      fc.property(seeds, lotLists, quotaSets, (seed, lots, quotas) => {
        const { entries } = draw(seed, lots, quotas);
        expect(entries.map(({ position }) => position)).toEqual(lots.map((_, index) => index + 1));
        expect(new Set(entries.map(({ lot }) => lot))).toEqual(new Set(lots.map(({ lot }) => lot)));
        for (const [index, { groupId, won }] of entries.entries()) {
          const before = entries.slice(0, index).filter((entry) => entry.won);
          const ofGroup = before.filter((entry) => entry.groupId === groupId).length;
          const hasRoom = before.length < quotas.total && ofGroup < (quotas.groups[groupId] ?? 0);
          expect(won).toBe(hasRoom);
        }
      }),
    );
  });

  it('can be done by hand as it is written down', () => {
    const seed = '00'.repeat(31) + '01';
    const lots = ['c3', 'a1', 'b2'].map((lot) => ({ lot, groupId: 'a' }));
    const digest = createHash('sha256').update('a1\nb2\nc3').digest();
    const key = Buffer.concat([Buffer.from(seed, 'hex'), digest]);
    const numberOf = (lot: string) => createHmac('sha256', key).update(lot).digest('hex');
    const { lotsDigest, entries } = draw(seed, lots, { total: 2, groups: { a: 5 } });
    expect(lotsDigest).toBe(digest.toString('hex'));
    const order = ['a1', 'b2', 'c3'].sort((one, other) => (numberOf(one) < numberOf(other) ? -1 : 1));
    expect(entries.map(({ lot, won }) => [lot, won])).toEqual(order.map((lot, index) => [lot, index < 2]));
  });

  it('depends on the seed and on every lot', () => {
    const lots = Array.from({ length: 30 }, () => ({ lot: randomBytes(6).toString('hex'), groupId: 'a' }));
    const quotas = { total: 5, groups: { a: 5 } };
    const order = ({ entries }: DrawnLots) => entries.map(({ lot }) => lot).join();
    const first = draw('11'.repeat(32), lots, quotas);
    expect(order(draw('12'.repeat(32), lots, quotas))).not.toBe(order(first));
    const more = draw('11'.repeat(32), [...lots, { lot: 'one-more', groupId: 'a' }], quotas);
    expect(order(more).replace('one-more', '').replace(',,', ',')).not.toContain(order(first));
    expect(more.lotsDigest).not.toBe(first.lotsDigest);
  });

  it('gives every lot the same chance', () => {
    const lots = Array.from({ length: 10 }, (_, nth) => ({ lot: `lot-${nth}`, groupId: 'a' }));
    const wins = new Map(lots.map(({ lot }) => [lot, 0]));
    for (let round = 0; round < 2_000; round += 1) {
      const seed = createHash('sha256').update(`round ${round}`).digest('hex');
      for (const { lot, won } of draw(seed, lots, { total: 3, groups: { a: 3 } }).entries)
        if (won) wins.set(lot, wins.get(lot)! + 1);
    }
    // 600 expected, with a deviation of 20.5; the seeds are fixed.
    for (const count of wins.values()) expect(Math.abs(count - 600)).toBeLessThan(90);
  });

  it('refuses two lots that are the same', () => {
    const lots = [1, 2].map(() => ({ lot: 'a1', groupId: 'a' }));
    expect(() => draw('00'.repeat(32), lots, { total: 1, groups: { a: 1 } })).toThrow('two lots a1');
  });
});

describe('the seed', () => {
  const key = { accountId: 'pingan-meizhou', activityId: 'open-day' };

  it('is promised by its digest, and opens for its activity alone', () => {
    const cipher = buildFieldCipher();
    const seed = randomBytes(32);
    const made = prepareDraw(key, cipher, seed);
    expect(made.commitment).toBe(createHash('sha256').update(seed).digest('hex'));
    expect(JSON.stringify(made)).not.toContain(seed.toString('hex'));
    expect(openSeed(key, made, cipher)).toBe(seed.toString('hex'));
    expect(() => openSeed({ ...key, activityId: 'other' }, made, cipher)).toThrow('cannot be opened');
    expect(() => openSeed(key, made, buildFieldCipher())).toThrow('cannot be opened');
  });

  it('cannot be exchanged for another', () => {
    const cipher = buildFieldCipher();
    const { commitment } = prepareDraw(key, cipher);
    const { sealedSeed } = prepareDraw(key, cipher);
    expect(() => openSeed(key, { commitment, sealedSeed }, cipher)).toThrow('cannot be opened');
  });
});

function draw(seed: string, lots: readonly Lot[], quotas: DrawQuotas): DrawnLots {
  const slices = drawLots(seed, lots, quotas);
  for (;;) {
    const slice = slices.next();
    if (slice.done) return slice.value;
  }
}
