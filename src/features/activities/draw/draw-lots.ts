import { createHash, createHmac } from 'node:crypto';
import { sortInSlices } from '../../../core/sort-in-slices.js';

/** One application that takes part in a draw. */
export interface Lot {
  lot: string;
  groupId: string;
}

/** Places to be had: altogether, and by group id. */
export interface DrawQuotas {
  total: number;
  groups: Readonly<Record<string, number>>;
}

export interface DrawnLot extends Lot {
  /** In the order that was drawn, from 1. */
  position: number;
  won: boolean;
}

export interface DrawnLots {
  /** Hexadecimal. */
  lotsDigest: string;
  /** By position. */
  entries: DrawnLot[];
}

/**
 * Draws lots such that anybody can do it again:
 * 1. `lotsDigest` = SHA-256 of the lots, sorted by their characters, joined by line feeds.
 * 2. Each lot gets the number HMAC-SHA256(key = the 32 bytes of the seed, then the 32 bytes of the digest; message = the
 *    lot as ASCII). The lots stand in the ascending order of these numbers.
 * 3. In this order each lot wins a place if its group and the whole have one left.
 *
 * The digest in the key: whoever knows the seed beforehand cannot choose a lot that wins without knowing all others.
 *
 * @param seed 64 hexadecimal characters.
 * @returns after slices of work, for `runGently`.
 * @throws Error where two lots are the same.
 */
export function* drawLots(
  seed: string,
  lots: readonly Lot[],
  quotas: DrawQuotas,
): Generator<undefined, DrawnLots> {
  const groupOf = new Map<string, string>();
  for (const { lot, groupId } of lots) {
    if (groupOf.has(lot)) throw new Error(`there are two lots ${lot}`);
    groupOf.set(lot, groupId);
    if (groupOf.size % sliceSize === 0) yield;
  }
  const sorted = yield* sortInSlices([...groupOf.keys()]);
  const digest = createHash('sha256').update(sorted.join('\n')).digest();
  yield;
  const key = Buffer.concat([Buffer.from(seed, 'hex'), digest]);
  const numbered: string[] = [];
  for (const lot of sorted) {
    numbered.push(createHmac('sha256', key).update(lot).digest('hex') + lot);
    if (numbered.length % sliceSize === 0) yield;
  }
  const entries: DrawnLot[] = [];
  const giver = new Giver(quotas);
  for (const text of yield* sortInSlices(numbered)) {
    const lot = text.slice(numberLength);
    const groupId = groupOf.get(lot) ?? '';
    entries.push({ lot, groupId, position: entries.length + 1, won: giver.give(groupId) });
    if (entries.length % sliceSize === 0) yield;
  }
  return { lotsDigest: digest.toString('hex'), entries };
}

/** Lots that are dealt with before others get their turn. */
const sliceSize = 200;
/** SHA-256, hexadecimal. */
const numberLength = 64;

/** Gives places away, one after the other. */
class Giver {
  readonly #leftOf: Map<string, number>;
  #left: number;

  constructor({ total, groups }: DrawQuotas) {
    this.#left = total;
    this.#leftOf = new Map(Object.entries(groups));
  }

  /** False: the group or the whole has none left. */
  give(groupId: string): boolean {
    const ofGroup = this.#leftOf.get(groupId) ?? 0;
    if (this.#left <= 0 || ofGroup <= 0) return false;
    this.#left -= 1;
    this.#leftOf.set(groupId, ofGroup - 1);
    return true;
  }
}
