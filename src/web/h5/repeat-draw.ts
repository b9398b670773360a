import type { PublicDrawView } from '../../api-types/citizen-activities.js';

type Result = NonNullable<PublicDrawView['result']>;

/** What came of repeating a draw; all of it must be true. */
export interface DrawCheck {
  /** The seed is the one that was promised before anybody applied. */
  isPromisedSeed: boolean;
  /** The lots are those that were drawn from. */
  areDrawnLots: boolean;
  /** The same lots win, in the same order. */
  isSameResult: boolean;
}

/**
 * Repeats a draw with the browser's own cryptography: SHA-256 of the sorted lots, one a line; then for each lot
 * HMAC-SHA256 with the seed followed by that digest as key; in the ascending order of these numbers each lot takes a
 * place where its group and the whole have one left.
 */
export async function repeatDraw({
  commitment,
  result,
}: {
  commitment: string;
  result: Result;
}): Promise<DrawCheck> {
  const seed = bytesOf(result.seed);
  const lots = result.entries.map(({ lot }) => lot).sort(compare);
  const digest = await sha256(new TextEncoder().encode(lots.join('\n')));
  const groupOf = new Map(result.entries.map(({ lot, groupId }) => [lot, groupId]));
  const order = await drawOrder(lots, seed, digest);
  const drawn = give(
    order.map((lot) => ({ lot, groupId: groupOf.get(lot) ?? '' })),
    result,
  );
  return {
    isPromisedSeed: hexOf(await sha256(seed)) === commitment,
    areDrawnLots: hexOf(digest) === result.lotsDigest && groupOf.size === lots.length,
    isSameResult:
      JSON.stringify(drawn) === JSON.stringify(result.entries.map(({ lot, won }) => ({ lot, won }))),
  };
}

async function drawOrder(
  lots: readonly string[],
  seed: Uint8Array<ArrayBuffer>,
  digest: Uint8Array<ArrayBuffer>,
): Promise<string[]> {
  const key = await crypto.subtle.importKey(
    'raw',
    new Uint8Array([...seed, ...digest]),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const numbered = await Promise.all(
    lots.map(async (lot) => {
      const number = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(lot));
      return { lot, number: hexOf(new Uint8Array(number)) };
    }),
  );
  return numbered.sort((a, b) => compare(a.number, b.number)).map(({ lot }) => lot);
}

function give(
  inOrder: readonly { lot: string; groupId: string }[],
  { quota, groups }: Result,
): { lot: string; won: boolean }[] {
  let left = quota;
  const leftOf = new Map(groups.map((group) => [group.id, group.quota]));
  return inOrder.map(({ lot, groupId }) => {
    const ofGroup = leftOf.get(groupId) ?? 0;
    const won = left > 0 && ofGroup > 0;
    if (won) {
      left -= 1;
      leftOf.set(groupId, ofGroup - 1);
    }
    return { lot, won };
  });
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

function hexOf(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
