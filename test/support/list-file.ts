import type { AudienceReader } from '../../src/features/audience/audience-reader.js';
import { openidOf } from './delivery-builders.js';

/** A CSV file of so many recipients, each with a name. */
export function buildListFile(rows: number): Buffer {
  const lines = Array.from({ length: rows }, (_, row) => `${openidOf(row)},张${row}`);
  return Buffer.from(['openid,姓名', ...lines].join('\n'));
}

/** An audience in which every openid is a follower's. */
export const everybodyKnown: Pick<AudienceReader, 'findMany'> = {
  findMany: async (_account, openids) =>
    openids.map((openid) => ({ openid, subscribed: true, unreachable: undefined, values: {} })),
};
