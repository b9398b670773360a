import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { sealHeaders } from '../../../src/sandbox/pay/callback-letters.js';
import { minute } from '../../sandbox/fixture.js';
import { accountId, type Heard } from '../../sandbox/pay/pay-stage.js';
import { openTill, type Till } from '../../support/open-till.js';

let till: Till;
beforeEach(async () => {
  till = await openTill();
});
afterEach(() => till.close());

/** One bit of a text of base64, another of its bytes. */
function flipBase64(text: string, bit: number): string {
  const bytes = Buffer.from(text, 'base64');
  const at = bit % (bytes.length * 8);
  bytes[at >> 3]! ^= 1 << (at & 7);
  return bytes.toString('base64');
}

/** One bit of a text that stays a header: of its lower half, so that it stays printable. */
function flipText(text: string, bit: number): string {
  const at = Math.floor(bit / 4) % text.length;
  const code = text.charCodeAt(at) ^ (1 << (bit % 4));
  return text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
}

const tagBits = 16 * 8;
interface Body {
  resource: { ciphertext: string; nonce: string; associated_data: string };
}

function withResource({ headers, body }: Heard, change: (resource: Body['resource']) => void): Heard {
  const letter = JSON.parse(body) as Body;
  change(letter.resource);
  return { headers, body: JSON.stringify(letter) };
}

/** The part of a letter in which a bit is flipped, and how. */
const parts: Record<string, (heard: Heard, bit: number) => Heard> = {
  ciphertext: (heard, bit) =>
    withResource(heard, (resource) => {
      const bits = Buffer.from(resource.ciphertext, 'base64').length * 8 - tagBits;
      resource.ciphertext = flipBase64(resource.ciphertext, bit % bits);
    }),
  tag: (heard, bit) =>
    withResource(heard, (resource) => {
      const bits = Buffer.from(resource.ciphertext, 'base64').length * 8;
      resource.ciphertext = flipBase64(resource.ciphertext, bits - tagBits + (bit % tagBits));
    }),
  'nonce of the ciphertext': (heard, bit) =>
    withResource(heard, (resource) => (resource.nonce = flipText(resource.nonce, bit))),
  'associated data': (heard, bit) =>
    withResource(heard, (resource) => (resource.associated_data = flipText(resource.associated_data, bit))),
};
const headerParts: Record<string, (text: string, bit: number) => string> = {
  'wechatpay-signature': flipBase64,
  'wechatpay-serial': flipText,
  'wechatpay-timestamp': flipText,
  'wechatpay-nonce': flipText,
};
for (const [name, flip] of Object.entries(headerParts))
  parts[name] = ({ headers, body }, bit) => ({
    body,
    headers: { ...headers, [name]: flip(headers[name]!, bit) },
  });

describe('a callback of the sandbox at the real door', () => {
  it('with one bit flipped anywhere is refused, and changes nothing', async () => {
    const order = await till.place();
    const genuine = await till.pay(order);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(parts)), fc.nat(), async (part, bit) => {
        const status = await till.deliver(parts[part]!(genuine, bit));
        expect([400, 401]).toContain(status);
      }),
      { numRuns: 400 },
    );
    expect(await till.find(order.orderId)).toMatchObject({ state: 'open', receivedFen: 0 });
    expect(await till.counted('taken')).toBe(0);
    expect(till.subject.told).toEqual([]);
    expect(await till.deliver(genuine)).toBe(204);
    expect(await till.find(order.orderId)).toMatchObject({ state: 'paid', receivedFen: 3_000 });
  });

  it('with one bit flipped under a good signature is refused by what it is sealed with', async () => {
    const order = await till.place();
    const genuine = await till.pay(order);
    const sealed = ['ciphertext', 'tag', 'nonce of the ciphertext', 'associated data'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...sealed), fc.nat(), async (part, bit) => {
        const { body } = parts[part]!(genuine, bit);
        const seal = sealHeaders(till.merchant.signingKey(), body, till.clock.now());
        const headers = Object.fromEntries(
          Object.entries(seal).map(([name, value]) => [name.toLowerCase(), value]),
        );
        expect(await till.deliver({ headers, body })).toBe(400);
      }),
      { numRuns: 120 },
    );
    expect(await till.counted('bad_ciphertext')).toBeGreaterThanOrEqual(120);
    expect(await till.find(order.orderId)).toMatchObject({ state: 'open' });
  });

  it('that is old, of another account, or a probe is refused', async () => {
    const order = await till.place();
    const genuine = await till.pay(order);
    expect(await till.deliver(genuine, 'somebody-else')).toBe(403);
    const probe = { ...genuine.headers, 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abcd' };
    expect(await till.deliver({ ...genuine, headers: probe })).toBe(401);
    till.clock.advance(5 * minute + 1_000);
    expect(await till.deliver(genuine)).toBe(401);
    expect(await till.counted('stale_callback')).toBe(1);
    expect(await till.find(order.orderId)).toMatchObject({ state: 'open' });
  });

  it('that comes fifteen times at once settles once', async () => {
    const order = await till.place();
    const genuine = await till.pay(order);
    const statuses = await Promise.all(Array.from({ length: 15 }, () => till.deliver(genuine)));
    expect(statuses).toEqual(Array.from({ length: 15 }, () => 204));
    expect(till.subject.toldOf.get(order.orderId)!.filter((what) => what === 'kept').length).toBeGreaterThan(
      0,
    );
    expect(await till.find(order.orderId)).toMatchObject({
      state: 'paid',
      receivedFen: 3_000,
      promisedFen: 0,
      refunds: [],
    });
    expect(await till.audited('order.refund')).toEqual([]);
  });

  it('is believed under both kinds of key while they change, and under a certificate that is new', async () => {
    till.conduct({ key: 'mixed' });
    const serials = new Set<string>();
    for (let number = 0; number < 4; number += 1) {
      if (number === 2) {
        till.conduct({ key: 'certificate' });
        await till.desk.settleDue(new AbortController().signal);
        await till.changeCertificate();
        till.clock.advance(2 * minute);
      }
      const order = await till.place(1_000 + number);
      const letter = await till.pay(order);
      serials.add(letter.headers['wechatpay-serial']!);
      expect(await till.deliver(letter)).toBe(204);
      expect((await till.find(order.orderId)).state).toBe('paid');
    }
    expect([...serials].filter((serial) => serial.startsWith('PUB_KEY_ID_'))).toHaveLength(1);
    expect([...serials].filter((serial) => !serial.startsWith('PUB_KEY_ID_')).length).toBeGreaterThanOrEqual(
      2,
    );
  });

  it.each([
    ['succeed', 'succeeded'],
    ['close', 'failed'],
    ['abnormal', 'abnormal'],
  ] as const)('tells that a refund has ended: %s', async (refunds, state) => {
    till.conduct({ refunds, refundAfterMs: 0 });
    const order = await till.place();
    await till.deliver(await till.pay(order));
    const actor = { by: { staffId: 'a', name: '甲' }, from: { address: '127.0.0.1', agent: 'test' } };
    await till.desk.refund({ accountId, orderId: order.orderId, amountFen: 1_000, reason: '改期' }, actor);
    const before = till.heard.length;
    await till.follow();
    await till.platformSettled();
    const letter = till.heard[before]!;
    expect(await till.deliver(letter)).toBe(204);
    expect(await till.deliver(letter)).toBe(204);
    const after = await till.find(order.orderId);
    expect(after).toMatchObject({ promisedFen: state === 'failed' ? 0 : 1_000, refunds: [{ state }] });
    expect(till.subject.told.filter((what) => what === `refund ${state}`)).toHaveLength(1);
  });
});
