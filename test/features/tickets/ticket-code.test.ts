import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { makeTicketCode, readTicketCode } from '../../../src/features/tickets/ticket-code.js';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const code = fc.uint8Array({ minLength: 9, maxLength: 9 }).map(makeTicketCode);

describe('the short code of a ticket', () => {
  it('has ten characters and is read however it is typed', () => {
    fc.assert(
      fc.property(code, (made) => {
        expect(made).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
        const typed = ` ${made.slice(0, 5)}-${made.slice(5)} `.toLowerCase();
        expect(readTicketCode(typed)).toBe(made);
        expect(readTicketCode(typed.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(made);
      }),
    );
  });

  it('is refused with any one character wrong', () => {
    fc.assert(
      fc.property(code, fc.nat(9), fc.constantFrom(...alphabet.split('')), (made, at, other) => {
        fc.pre(made[at] !== other);
        expect(readTicketCode(made.slice(0, at) + other + made.slice(at + 1))).toBeNull();
      }),
    );
  });

  it('is refused with two neighbours swapped, unless they are 0 and Z', () => {
    fc.assert(
      fc.property(code, fc.nat(8), (made, at) => {
        const pair = made.slice(at, at + 2);
        fc.pre(pair[0] !== pair[1] && pair !== '0Z' && pair !== 'Z0');
        expect(readTicketCode(made.slice(0, at) + pair[1] + pair[0] + made.slice(at + 2))).toBeNull();
      }),
    );
  });

  it('is nothing else', () => {
    for (const typed of ['', '0', 'U'.repeat(10), '0'.repeat(11), '12345-6789', '票票票票票票票票票票'])
      expect(readTicketCode(typed)).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => void readTicketCode(text)));
  });
});
