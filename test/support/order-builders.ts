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
  /** By order. */
  readonly toldOf = new Map<string, string[]>();
  isLost = false;

  async paid(_tx: unknown, order: Order): Promise<'kept' | 'lost'> {
    this.#note(order, this.isLost ? 'lost' : 'kept');
    return this.isLost ? 'lost' : 'kept';
  }

  async closed(_tx: unknown, order: Order): Promise<void> {
    this.#note(order, 'closed');
  }

  async refundEnded(_tx: unknown, order: Order, refund: Order['refunds'][number]): Promise<void> {
    this.#note(order, `refund ${refund.state}`, `${refund.refundNo} ${refund.state}`);
  }

  #note({ orderId }: Order, what: string, exactly = what): void {
    this.told.push(what);
    this.toldOf.set(orderId, [...(this.toldOf.get(orderId) ?? []), exactly]);
  }
}

type Boundary = () => Promise<void>;
const noBoundary: Boundary = async () => {};

/** What leaves this process; `boundary` is called before and after. */
const outward = new Set<string | symbol>(['prepare', 'query', 'close', 'refund', 'queryRefund']);

function bounded(gateway: PaymentGatewayFake, boundary: Boundary): PaymentGatewayFake {
  return new Proxy(gateway, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      if (!outward.has(name)) return value.bind(target);
      return async (...args: unknown[]) => {
        await boundary();
        const answer: unknown = await value.apply(target, args);
        await boundary();
        return answer;
      };
    },
  });
}

/**
 * A desk over fakes, with a clock that a test sets.
 * @param boundary is called before and after every transaction and every call of the platform; whatever else happens may
 *   happen there, and where it throws, the process has ended.
 */
export function openOrderDesk({ approvalAboveFen = 10_000, boundary = noBoundary } = {}) {
  const time = { now: noon };
  const clock = { now: () => time.now };
  const orders = new OrderStoreFake();
  const gateway = new PaymentGatewayFake();
  const transactions = new TransactionRunnerFake();
  const auditStore = new AuditStoreFake();
  const subject = new SubjectFake();
  const desk = new OrderDesk({
    orders,
    gateway: bounded(gateway, boundary),
    subjects: new OrderSubjects(),
    transactions: {
      async run(work) {
        await boundary();
        const result = await transactions.run(work);
        await boundary();
        return result;
      },
    },
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
