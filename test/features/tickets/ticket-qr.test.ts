import { beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  createTicketSigner,
  createTicketVerifier,
  ticketAlgorithm,
  ticketKeySchema,
  type TicketClaim,
  type VerifyTicket,
} from '../../../src/features/tickets/ticket-qr.js';

const claim = {
  accountId: 'pingan-meizhou',
  activityId: 'open-day',
  groupId: 'all',
  ticketId: 'AbC-_0123456789z',
};
/** SEC 2, 2.4.2. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

async function makeKey() {
  const pair = await crypto.subtle.generateKey(ticketAlgorithm, true, ['sign', 'verify']);
  const privateKey = Buffer.from(await crypto.subtle.exportKey('pkcs8', pair.privateKey)).toString('base64');
  return {
    sign: await createTicketSigner(privateKey),
    publicKey: ticketKeySchema.parse(await crypto.subtle.exportKey('jwk', pair.publicKey)),
  };
}

let sign: (claim: TicketClaim) => Promise<string>;
let verify: VerifyTicket;
let publicKey: Awaited<ReturnType<typeof makeKey>>['publicKey'];
let text: string;
beforeAll(async () => {
  ({ sign, publicKey } = await makeKey());
  verify = await createTicketVerifier(claim.accountId, publicKey);
  text = await sign(claim);
});

describe('the QR code of a ticket', () => {
  it('is verified, whatever it says', async () => {
    const id = fc.string({ minLength: 1, maxLength: 64, unit: 'grapheme-ascii' });
    await fc.assert(
      fc.asyncProperty(fc.record({ activityId: id, groupId: id, ticketId: id }), async (said) => {
        const made = await sign({ ...claim, ...said });
        expect(await verify(made)).toEqual({ ...claim, ...said });
      }),
      { numRuns: 200 },
    );
  });

  it('is refused with any bit of any character flipped', async () => {
    const bytes = Buffer.from(text);
    const accepted: string[] = [];
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      if (await verify(flipped.toString('latin1'))) accepted.push(`bit ${bit}`);
    }
    expect(accepted).toEqual([]);
  });

  it('is refused with any bit of payload or signature flipped and written anew', async () => {
    const [head, payload, signature] = text.split('.') as [string, string, string];
    for (const [at, part] of [payload, signature].entries()) {
      const bytes = Buffer.from(part, 'base64url');
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = Buffer.from(bytes);
        flipped[bit >> 3]! ^= 1 << (bit & 7);
        const parts =
          at === 0 ? [flipped.toString('base64url'), signature] : [payload, flipped.toString('base64url')];
        expect(await verify([head, ...parts].join('.'))).toBeNull();
      }
    }
  });

  it('has one form: not with the other signature that is as right, nor with padding, spaces or more parts', async () => {
    const [head, payload, signature] = text.split('.') as [string, string, string];
    const bytes = Buffer.from(signature, 'base64url');
    const s = order - BigInt(`0x${bytes.subarray(32).toString('hex')}`);
    const other = Buffer.concat([
      bytes.subarray(0, 32),
      Buffer.from(s.toString(16).padStart(64, '0'), 'hex'),
    ]);
    const isRightForOthers = await crypto.subtle.verify(
      ticketAlgorithm,
      await crypto.subtle.importKey('jwk', { ...publicKey }, ticketAlgorithm, false, ['verify']),
      other,
      Buffer.from(`${head}.${payload}`),
    );
    expect(isRightForOthers).toBe(true);
    const forms = [
      `${head}.${payload}.${other.toString('base64url')}`,
      `${text}=`,
      ` ${text}`,
      `${text}\n`,
      `${text}.`,
      `${head}.${payload}=.${signature}`,
      `${head}..${signature}`,
      text.replace('SS1', 'SS2'),
      text.toLowerCase(),
    ];
    for (const form of forms) expect(await verify(form)).toBeNull();
  });

  it('is refused where another account or another key has signed it', async () => {
    const foreign = await makeKey();
    expect(await verify(await foreign.sign(claim))).toBeNull();
    expect(await verify(await sign({ ...claim, accountId: 'meizhou-traffic' }))).toBeNull();
  });

  it('is nothing else, however long', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 2_000 }), async (noise) => {
        expect(await verify(noise)).toBeNull();
        expect(await verify(`SS1.${noise}`)).toBeNull();
      }),
    );
  });
});
