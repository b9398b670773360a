import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { makeOneTimePassword } from '../../../src/features/staff/one-time-password.js';
import { PasswordHasher } from '../../../src/features/staff/password-hasher.js';
import { findPasswordFault } from '../../../src/features/staff/password-rules.js';

const hasher = new PasswordHasher({ logCost: 4, r: 8, p: 1 });

describe('a stored password', () => {
  it('matches itself and nothing else, whatever its characters', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), async (one, other) => {
        const stored = await hasher.hash(one);
        expect(await hasher.matches(one, stored)).toBe(true);
        expect(await hasher.matches(other, stored)).toBe(one.normalize('NFKC') === other.normalize('NFKC'));
      }),
      { numRuns: 50 },
    );
  });

  it('carries its parameters and a salt of its own', async () => {
    const [one, other] = [await hasher.hash('same'), await hasher.hash('same')];
    expect(one).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$[\w+/=]{24}\$[\w+/=]{44}$/);
    expect(one).not.toBe(other);
  });

  it('still matches after the cost has been raised', async () => {
    const stored = await hasher.hash('from an earlier time');
    const today = new PasswordHasher({ logCost: 5, r: 8, p: 2 });
    expect(await today.matches('from an earlier time', stored)).toBe(true);
  });

  it('costs what OWASP asks for', async () => {
    expect(await new PasswordHasher().hash('x')).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/);
  });

  it('of nobody matches nothing', async () => {
    expect(await hasher.matches('anything', null)).toBe(false);
  });

  it('of an unknown form is a fault of ours', async () => {
    await expect(hasher.matches('x', 'plain')).rejects.toThrow('unknown form');
  });

  it('is computed for many at once', async () => {
    const stored = await hasher.hash('right');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => hasher.matches(index % 2 === 0 ? 'right' : 'wrong', stored)),
    );
    expect(answers).toEqual(answers.map((_, index) => index % 2 === 0));
  });
});

describe('the rules for passwords', () => {
  it.each(['梅州的秋天 1234 很凉快', 'correct horse battery', 'k7mp-3xwd-9qhz-4tua'])(
    'accept %s',
    (password) => {
      expect(findPasswordFault(password, 'li.ming')).toBeNull();
    },
  );

  it.each<[string, string]>([
    ['elevenchars', '至少 12'],
    ['x'.repeat(129), '最多 128'],
    ['PASSWORDpassword', '太常见'],
    ['１２３４５６７８９０１２', '太常见'],
    ['ababababababab', '太常见'],
    ['LI.MING is here', '用户名'],
  ])('refuse %s', (password, why) => {
    expect(findPasswordFault(password, 'li.ming')).toContain(why);
  });
});

describe('a one-time password', () => {
  it('satisfies the rules and can be read out', () => {
    for (let count = 0; count < 100; count += 1) {
      const password = makeOneTimePassword();
      expect(password).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
      expect(password).not.toMatch(/[ilo01]/);
      expect(findPasswordFault(password, 'li.ming')).toBeNull();
    }
  });
});
