import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { bucketCount, bucketOf } from '../../../src/features/tickets/ticket-bucket.js';

it('puts every ticket into one of the buckets, so that some gate can decide about it without network', () => {
  fc.assert(
    fc.property(fc.base64String({ minLength: 1, maxLength: 24 }), (ticketId) => {
      const bucket = bucketOf(ticketId);
      expect(Number.isInteger(bucket)).toBe(true);
      expect(bucket).toBeGreaterThanOrEqual(0);
      expect(bucket).toBeLessThan(bucketCount);
    }),
  );
});

it('fills the buckets alike', () => {
  const sizes = Array.from({ length: bucketCount }, () => 0);
  for (let nth = 0; nth < 6_400; nth += 1) sizes[bucketOf(`ticket-${nth}`)]! += 1;
  expect(Math.min(...sizes)).toBeGreaterThan(50);
  expect(Math.max(...sizes)).toBeLessThan(150);
});
