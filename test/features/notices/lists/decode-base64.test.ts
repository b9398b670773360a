import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { decodeBase64 } from '../../../../src/features/notices/lists/decode-base64.js';

describe('a text in base64', () => {
  it.each([0, 1, 3 * 1_024 * 1_024, 3 * 1_024 * 1_024 + 1, 7_000_000])(
    'of %i bytes is decoded',
    async (size) => {
      const bytes = randomBytes(size);
      expect((await decodeBase64(bytes.toString('base64'))).equals(bytes)).toBe(true);
    },
  );
});
