import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { NodeFieldCipher } from '../../../src/core/field-cipher-node.js';
import { bucketOf } from '../../../src/features/tickets/ticket-bucket.js';
import { TicketKeyStoreMongo } from '../../../src/features/tickets/ticket-key-store-mongo.js';
import { TicketKeys } from '../../../src/features/tickets/ticket-keys.js';
import {
  accountId,
  activityId,
  buildActivity,
  buildGroup,
  day,
  hour,
  minute,
  monday,
} from '../../support/activity-builders.js';
import { actor, buildOrder, openCheckIn, type CheckInBench } from '../../support/open-check-in.js';

/** Half an hour after the doors of the activity have opened. */
const open = monday + 5 * day + hour;
let bench: CheckInBench;
beforeEach(async () => {
  bench = await openCheckIn({ now: open, nodes: 2 });
});
afterEach(() => bench.close());

const key = { accountId, activityId };
const admit = (qr: string, overrides = {}) => bench.door.desk.admit(buildOrder({ qr }, overrides), actor);

function turn(device: string, nth: number, holds: readonly number[], agreed: readonly string[] = []) {
  return bench.door.gates.takeTurn(key, { device, name: `${device}口`, turn: nth, holds, agreed }, actor);
}

describe('tickets', () => {
  it('are one for each registration, however often it is confirmed', async () => {
    const [first, again, other] = [await bench.issue(1), await bench.issue(1), await bench.issue(2)];
    expect(again.ticketId).toBe(first.ticketId);
    expect(other.ticketId).not.toBe(first.ticketId);
    expect(await bench.records('tickets')).toHaveLength(2);
  });

  it('of an account are signed with one key, whichever process made it first; it is sealed', async () => {
    const cipher = new NodeFieldCipher({ key: randomBytes(32), hashKey: randomBytes(32) });
    const made = Array.from(
      { length: 8 },
      () => new TicketKeys(new TicketKeyStoreMongo(bench.connection), cipher),
    );
    const publicKeys = await Promise.all(made.map((one) => one.publicKey('another')));
    expect(new Set(publicKeys.map(({ x }) => x)).size).toBe(1);
    const [signer, ...verifiers] = made as [TicketKeys, ...TicketKeys[]];
    const text = await signer.sign({ accountId: 'another', activityId: 'a', groupId: 'g', ticketId: 't' });
    for (const one of verifiers) expect(await one.verify('another', text)).toMatchObject({ ticketId: 't' });
    const stored = (await bench.records('ticket_keys')).find((one) => one.accountId === 'another');
    const sealed: string = stored?.sealed;
    expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('PRIVATE');
    expect(sealed).toMatch(/^[0-9a-f]{8}\./);
  });

  it('are shown no more once they are taken back', async () => {
    const { ticketId } = await bench.issue(1);
    await bench.revoke(ticketId);
    expect(await bench.tickets.book.readQr(accountId, ticketId)).toBeNull();
  });
});

describe('the door', () => {
  it('lets somebody in by the QR code or the code that is typed, with their arrival and on record', async () => {
    const [scanned, typed] = [await bench.issue(1), await bench.issue(2)];
    expect(await admit(scanned.qr)).toMatchObject({
      outcome: 'admitted',
      admission: { group: '所有人', person: '市**（1）', gate: '1号口' },
    });
    const code = `${typed.code.slice(0, 5)} ${typed.code.slice(5).toLowerCase()}`;
    expect(await bench.door.desk.admit(buildOrder({ code }), actor)).toMatchObject({ outcome: 'admitted' });
    expect(bench.arrived).toEqual(['registration-1', 'registration-2']);
    expect(await bench.audited('ticket.admit')).toHaveLength(2);
  });

  it('answers the same request the same way, and any other with when and where somebody came in', async () => {
    const { qr } = await bench.issue(1);
    const order = buildOrder({ qr });
    const [first, again] = [
      await bench.door.desk.admit(order, actor),
      await bench.door.desk.admit(order, actor),
    ];
    expect(again).toEqual(first);
    await expect(admit(qr, { gate: '2号口' })).rejects.toMatchObject({
      code: 'already_in',
      message: '9:00 已经在1号口入场',
    });
    expect(await bench.records('check_ins')).toHaveLength(1);
  });

  it('refuses with a code and a sentence, and changes nothing', async () => {
    const { qr, code } = await bench.issue(1);
    const revoked = await bench.issue(2);
    await bench.revoke(revoked.ticketId);
    bench.activities.push(
      buildActivity({ activityId: 'concert', title: '音乐会' }),
      buildActivity({ activityId: 'gone', state: 'cancelled' }),
    );
    const other = await bench.issue(3, 'all', 'concert');
    const forged = qr.slice(0, -4) + (qr.endsWith('AAAA') ? 'BBBB' : 'AAAA');
    const refusals: [Promise<unknown>, string, string][] = [
      [admit(forged), 'bad_ticket', '不是有效的票'],
      [bench.door.desk.admit(buildOrder({ code: '0000000001' }), actor), 'bad_ticket', '不是有效的票'],
      [admit(other.qr), 'other_activity', '“音乐会”'],
      [admit(revoked.qr), 'ticket_revoked', '已退票'],
      [admit(qr, { activityId: 'gone' }), 'check_in_closed', '已取消'],
    ];
    for (const [refused, refusal, sentence] of refusals)
      await expect(refused).rejects.toMatchObject({
        code: refusal,
        message: expect.stringContaining(sentence),
      });
    for (const [now, refusal, sentence] of [
      [open - 31 * minute, 'too_early', '8:30 开始入场'],
      [open - day, 'other_day', '11月28日（周六） 9:00'],
      [open + 2 * hour, 'too_late', '11:00 结束'],
      [open + day, 'other_day', '11月28日（周六） 9:00'],
    ] as const) {
      bench.clock.pass(now - bench.clock.now());
      await expect(bench.door.desk.admit(buildOrder({ code }), actor)).rejects.toMatchObject({
        code: refusal,
        message: expect.stringContaining(sentence),
      });
    }
    expect(await bench.records('check_ins')).toEqual([]);
    expect(bench.arrived).toEqual([]);
    expect(await bench.audited('ticket.admit')).toEqual([]);
  });

  it('goes by the times of the activity as it is now, and of the shift', async () => {
    const late = buildGroup({
      id: 'late',
      startsAt: new Date(open + 5 * hour),
      endsAt: new Date(open + 6 * hour),
    });
    bench.activities[0] = buildActivity({ groups: [buildGroup(), late] });
    const [first, second] = [await bench.issue(1), await bench.issue(2, 'late')];
    await expect(admit(second.qr)).rejects.toMatchObject({
      code: 'too_early',
      message: '13:30 开始入场，请稍等',
    });
    bench.activities[0] = buildActivity({
      startsAt: new Date(open + day),
      endsAt: new Date(open + day + hour),
    });
    await expect(admit(first.qr)).rejects.toMatchObject({ code: 'other_day' });
  });

  it('lets one in of two that race for a ticket, fifty times', async () => {
    for (let nth = 0; nth < 50; nth += 1) {
      const { qr } = await bench.issue(nth);
      const outcomes = await Promise.allSettled(
        bench.nodes.map(({ door }, at) =>
          door.desk.admit(buildOrder({ qr }, { device: `device-${at}`, gate: `${at}号口` }), actor),
        ),
      );
      const refused = outcomes.filter((one) => one.status === 'rejected');
      expect(refused).toHaveLength(1);
      expect(refused[0]!.reason).toMatchObject({ code: 'already_in' });
    }
    expect(await bench.records('check_ins')).toHaveLength(50);
    expect(await bench.tickets.store.count(accountId, activityId)).toEqual([
      { groupId: 'all', expected: 50, arrived: 50 },
    ]);
  }, 60_000);

  it('lets nobody in by a ticket that is taken back at the same moment, or was in before', async () => {
    for (let nth = 0; nth < 20; nth += 1) {
      const { qr, ticketId } = await bench.issue(nth);
      await Promise.allSettled([admit(qr), bench.revoke(ticketId)]);
    }
    const tickets = await bench.records('tickets');
    expect(tickets).toHaveLength(20);
    for (const { revoked, arrival } of tickets) {
      expect(revoked).toBeDefined();
      if (arrival) expect(revoked.at.getTime()).toBeGreaterThanOrEqual(arrival.at.getTime());
    }
  });

  it('takes an arrival back for a reason, and lets them in again', async () => {
    const { qr } = await bench.issue(1);
    const answer = await admit(qr);
    if (answer.outcome !== 'admitted') throw new Error('not admitted');
    const { checkInId } = answer.admission;
    await expect(bench.door.desk.undo({ accountId, checkInId, reason: ' ' }, actor)).rejects.toMatchObject({
      code: 'reason_missing',
    });
    await bench.door.desk.undo({ accountId, checkInId, reason: '扫错了人' }, actor);
    await expect(bench.door.desk.undo({ accountId, checkInId, reason: '再来' }, actor)).rejects.toMatchObject(
      { code: 'already_undone' },
    );
    expect(bench.arrived).toEqual([]);
    expect(await bench.audited('ticket.undo')).toMatchObject([{ reason: '扫错了人' }]);
    expect(await admit(qr)).toMatchObject({ outcome: 'admitted' });
  });
});

describe('several gates', () => {
  /** Both have their half. */
  async function openTwo() {
    let [one, two] = [await turn('gate-one', 1, []), await turn('gate-two', 1, [])];
    one = await turn('gate-one', 2, one.buckets);
    one = await turn('gate-one', 3, one.buckets);
    two = await turn('gate-two', 2, two.buckets);
    return { one, two };
  }

  it('share all tickets, and see the counts by group', async () => {
    await bench.issue(1);
    const { one, two } = await openTwo();
    expect([one.buckets.length, two.buckets.length]).toEqual([32, 32]);
    expect(two.counts).toEqual([{ groupId: 'all', name: '所有人', expected: 1, arrived: 0 }]);
    expect(two.tickets).toMatchObject([{ person: '市**（1）', revokedBecause: null }]);
    expect(await bench.audited('check-in.open')).toHaveLength(2);
  });

  it('asks the gate that a ticket belongs to, and says which one where it is silent', async () => {
    const issued = await Promise.all(Array.from({ length: 12 }, (_, nth) => bench.issue(nth)));
    const { one, two } = await openTwo();
    const ticket = issued.find(({ ticketId }) => two.buckets.includes(bucketOf(ticketId)))!;
    const order = buildOrder({ qr: ticket.qr }, { device: 'gate-one' });
    expect(await bench.door.desk.admit(order, actor)).toEqual({ outcome: 'asking', gate: 'gate-two口' });
    const heard = await turn('gate-two', 3, two.buckets);
    expect(heard.asked).toEqual([ticket.ticketId]);
    await turn('gate-two', 4, heard.buckets, heard.asked);
    expect(await bench.door.desk.admit(order, actor)).toMatchObject({ outcome: 'admitted' });

    const another = issued.find(
      ({ ticketId }) => ticketId !== ticket.ticketId && two.buckets.includes(bucketOf(ticketId)),
    )!;
    bench.clock.pass(31_000);
    await turn('gate-one', 5, one.buckets);
    await expect(
      bench.door.desk.admit(buildOrder({ qr: another.qr }, { device: 'gate-one' }), actor),
    ).rejects.toMatchObject({ code: 'other_gate', message: '请到gate-two口，或稍等' });
  });

  it('hands over what a gate held once it has closed', async () => {
    const { one } = await openTwo();
    await bench.door.gates.leave(key, { device: 'gate-two', turn: 9 });
    expect((await turn('gate-one', 9, one.buckets)).buckets).toHaveLength(64);
  });

  it('refuses a turn that was overtaken on its way', async () => {
    await openTwo();
    await expect(turn('gate-one', 3, [])).rejects.toMatchObject({ code: 'turn_overtaken' });
  });
});

describe('what was let in without network', () => {
  const upload = (ticketId: string, requestId: string, agoMs = 5 * minute) =>
    bench.door.uploads.take(
      { accountId, activityId, ticketId, device: 'device-2', gate: '2号口', requestId, agoMs },
      actor,
    );

  it('counts once, however often it is uploaded, at the time when it happened', async () => {
    const { ticketId } = await bench.issue(1);
    const [first, again] = [await upload(ticketId, 'request-a'), await upload(ticketId, 'request-a')];
    expect(first).toMatchObject({ state: 'in', wasOffline: true, at: new Date(open - 5 * minute) });
    expect(again).toEqual(first);
    expect(bench.arrived).toEqual(['registration-1']);
  });

  it('is listed for staff where the ticket did not allow it, and never dropped', async () => {
    const [inside, revoked] = [await bench.issue(1), await bench.issue(2)];
    await admit(inside.qr);
    await bench.revoke(revoked.ticketId);
    await upload(inside.ticketId, 'request-b');
    await upload(inside.ticketId, 'request-b');
    await upload(revoked.ticketId, 'request-c');
    await upload('no-such-ticket', 'request-d');
    const found = await bench.records('check_ins');
    expect(found.filter(({ state }) => state === 'disputed').map(({ because }) => because)).toEqual([
      'already_in',
      'ticket_revoked',
      'bad_ticket',
    ]);
    expect(await bench.audited('ticket.dispute')).toHaveLength(3);
    expect(bench.arrived).toEqual(['registration-1']);
  });
});
