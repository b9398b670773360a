import { createHash, randomBytes } from 'node:crypto';
import { OperationalError } from '../../../core/errors.js';
import type { FieldCipher } from '../../../core/field-cipher.js';
import type { Draw } from '../activity.js';
import type { PlacesKey } from '../place-store.js';

/**
 * What a draw begins with: a seed that nobody knows, and its digest, which is published with the activity.
 * @param seed 32 bytes; for tests.
 */
export function prepareDraw(key: PlacesKey, cipher: FieldCipher, seed = randomBytes(32)): Draw {
  return { commitment: digestOf(seed), sealedSeed: cipher.seal(seed.toString('hex'), placeOf(key)) };
}

/**
 * The seed, 64 hexadecimal characters.
 * @throws OperationalError `seed_lost`: the key is lost, or it is not the seed that was promised.
 */
export function openSeed(key: PlacesKey, { commitment, sealedSeed }: Draw, cipher: FieldCipher): string {
  const seed = cipher.open(sealedSeed, placeOf(key));
  if (seed === null || digestOf(Buffer.from(seed, 'hex')) !== commitment)
    throw new OperationalError('seed_lost', `the seed of activity ${key.activityId} cannot be opened`);
  return seed;
}

function digestOf(seed: Buffer): string {
  return createHash('sha256').update(seed).digest('hex');
}

/** Bound to the activity. */
function placeOf({ accountId, activityId }: PlacesKey) {
  return { accountId, openid: activityId, field: 'activities.seed' };
}
