import type { Actor } from '../../src/core/actor.js';
import { AuditTrail } from '../../src/features/audit/audit-trail.js';
import type { Order } from '../../src/features/orders/order.js';
import { OrderDesk, type NewOrder } from '../../src/features/orders/order-desk.js';
import { OrderSubjects, secureOrderDraws } from '../../src/features/orders/order-parts.js';
import type { OrderSubject } from '../../src/features/orders/order-subject.js';
import { AuditStoreFake } from './fakes/audit-store-fake.js';
import { OrderStoreFake } from './fakes/order-store-fake.js';
import { PaymentGatewayFake } from './fakes/payment-gateway-fake.js';
import { TransactionRunnerFake } from './fakes/transaction-runner-fake.js';

export const minute = 60_000;
export const day = 1_440 * minute;
/** A Monday, noon in Asia/Shanghai. */
export const noon = Date.parse('2026-11-23T04:00:00Z');
export const accountId = 'pingan-meizhou';
export const openid = 'oCitizen';

export function buildOrder(overrides: Partial<Order> = {}): Order {
  const at = new Date(noon);
  return {
    accountId,
    orderId: secureOrderDraws.orderId(),
    orderNo: secureOrderDraws.orderNo(noon),
    openid,
    subject: { kind: 'registration', id: 'r-1' },
    description: '少年宫绘画班',
    amountFen: 3_000,
    state: 'open',
    receivedFen: 0,
    promisedFen: 0,
    refunds: [],
    payableUntil: new Date(noon + 15 * minute),
    checkAt: new Date(noon + 15 * minute),
    createdAt: at,
    changedAt: at,
    ...overrides,
  };
}

export function staff(staffId: string): Actor {
  return { by: { staffId, name: staffId }, from: { address: '127.0.0.1', agent: 'test' } };
}

/** Registrations that remember what they were told; `isLost`: the place is gone when the money comes. */
export class SubjectFake implements OrderSubject {
  readonly kind = 'registration';
  readonly told: string[] = [];
  isLost = false;

  async paid(): Promise<'kept' | 'lost'> {
    this.told.push(this.isLost ? 'lost' : 'kept');
    return this.isLost ? 'lost' : 'kept';
  }

  async closed(): Promise<void> {
    this.told.push('closed');
  }

  async refundEnded(_tx: unknown, _order: Order, refund: Order['refunds'][number]): Promise<void> {
    this.told.push(`refund ${refund.state}`);
  }
}

/** A desk over fakes, with a clock that a test sets. */
export function openOrderDesk({ approvalAboveFen = 10_000 } = {}) {
  const time = { now: noon };
  const clock = { now: () => time.now };
  const orders = new OrderStoreFake();
  const gateway = new PaymentGatewayFake();
  const transactions = new TransactionRunnerFake();
  const auditStore = new AuditStoreFake();
  const subject = new SubjectFake();
  const desk = new OrderDesk({
    orders,
    gateway,
    subjects: new OrderSubjects(),
    transactions,
    audit: new AuditTrail({ store: auditStore, clock }),
    clock,
    draws: secureOrderDraws,
    approvalAboveFen,
  });
  desk.register(subject);
  const place = (overrides: Partial<NewOrder> = {}) =>
    transactions.run((tx) =>
      desk.place(tx, {
        accountId,
        openid,
        subject: { kind: 'registration', id: 'r-1' },
        description: '少年宫绘画班',
        amountFen: 3_000,
        payableUntil: new Date(time.now + 15 * minute),
        ...overrides,
      }),
    );
  const pay = async (order: Order) => {
    await desk.prepare({ accountId, openid }, order.orderId);
    const state = gateway.pay(order.orderNo, time.now)!;
    return {
      id: `e-${order.orderNo}`,
      createdAt: new Date(time.now),
      kind: 'payment',
      orderNo: order.orderNo,
      state,
    } as const;
  };
  return {
    time,
    clock,
    orders,
    gateway,
    transactions,
    auditStore,
    subject,
    desk,
    place,
    /** The citizen pays; what the platform's callback says. */
    pay,
    async placePaid(overrides: Partial<NewOrder> = {}): Promise<Order> {
      return desk.learn(accountId, await pay(await place(overrides)));
    },
    settle: () => desk.settleDue(new AbortController().signal),
    follow: () => desk.followRefunds(new AbortController().signal),
  };
}
