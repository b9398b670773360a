import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import type { Order, OrderState, Refund, RefundStateName } from './order.js';
import { refundsPerOrder } from './order-limits.js';
import type { OrderCursor, OrderSelection, OrderStore, Period } from './order-store.js';

const collectionName = 'orders';

/** Nothing expires by itself: records of money are kept as the accounts are. */
export const orderMigration: Migration = {
  id: 'orders-1-orders',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { accountId: 1, orderId: 1 }, unique: true, name: 'order' },
      { key: { accountId: 1, orderNo: 1 }, unique: true, name: 'number' },
      {
        key: { accountId: 1, 'refunds.refundNo': 1 },
        unique: true,
        partialFilterExpression: { 'refunds.refundNo': { $exists: true } },
        name: 'refund_number',
      },
      {
        key: { accountId: 1, transactionId: 1 },
        unique: true,
        partialFilterExpression: { transactionId: { $exists: true } },
        name: 'transaction',
      },
      indexWhere('due', { checkAt: 1, state: 1 }, { checkAt: { $exists: true } }),
      indexWhere('closed', { closedAt: 1 }, { closedAt: { $exists: true } }),
      indexWhere('voucher', { paidAt: 1 }, { paidAt: { $exists: true } }),
      indexWhere('paid', { accountId: 1, paidAt: 1 }, { paidAt: { $exists: true } }),
      indexWhere(
        'refund_sent',
        { accountId: 1, 'refunds.sentAt': 1 },
        { 'refunds.sentAt': { $exists: true } },
      ),
      indexWhere(
        'refund_state',
        { accountId: 1, 'refunds.state': 1 },
        { 'refunds.state': { $exists: true } },
      ),
      { key: { accountId: 1, createdAt: -1, orderId: -1 }, name: 'latest' },
      { key: { accountId: 1, 'subject.id': 1, createdAt: -1 }, name: 'subject' },
      { key: { accountId: 1, openid: 1, createdAt: -1 }, name: 'citizen' },
    ]);
  },
};

export class OrderStoreMongo implements OrderStore {
  readonly #orders: mongo.Collection<Order>;

  constructor(connection: MongoConnection) {
    this.#orders = databaseOf(connection).collection<Order>(collectionName);
  }

  async add(tx: Transaction, order: Order): Promise<void> {
    await this.#orders.insertOne({ ...order }, { session: sessionOf(tx) }).catch(runAgainOnDuplicate);
  }

  async replace(tx: Transaction, before: Order, after: Order): Promise<void> {
    const { accountId, orderId, state, promisedFen } = before;
    const { matchedCount } = await this.#orders.replaceOne(
      { accountId, orderId, state, promisedFen },
      { ...after },
      { session: sessionOf(tx) },
    );
    if (matchedCount !== 1) throw new Error(`order ${orderId} is not as it was read`);
  }

  reserveRefund(
    tx: Transaction,
    { accountId, orderId }: { accountId: string; orderId: string },
    refund: Refund,
    checkAt: Date | undefined,
  ): Promise<Order | null> {
    const { amountFen, refundNo, requestedAt } = refund;
    return this.#orders.findOneAndUpdate(
      {
        accountId,
        orderId,
        'refunds.refundNo': { $ne: refundNo },
        [`refunds.${refundsPerOrder - 1}`]: { $exists: false },
        $expr: { $lte: [{ $add: ['$promisedFen', amountFen] }, '$receivedFen'] },
      },
      {
        $inc: { promisedFen: amountFen },
        $push: { refunds: refund },
        $set: { changedAt: requestedAt },
        ...(checkAt && { $min: { checkAt } }),
      },
      { ...within(tx), returnDocument: 'after' },
    );
  }

  find(accountId: string, orderId: string, tx?: Transaction): Promise<Order | null> {
    return this.#orders.findOne({ accountId, orderId }, within(tx));
  }

  findByNo(accountId: string, orderNo: string, tx?: Transaction): Promise<Order | null> {
    return this.#orders.findOne({ accountId, orderNo }, within(tx));
  }

  listUnsettled(now: number, limit: number): Promise<Order[]> {
    return this.#listDue(unsettled, now, limit);
  }

  listRefunding(now: number, limit: number): Promise<Order[]> {
    return this.#listDue(['paid'], now, limit);
  }

  listByNos(accountId: string, orderNos: readonly string[]): Promise<Order[]> {
    return this.#orders.find({ accountId, orderNo: { $in: [...orderNos] } }, withoutId).toArray();
  }

  listPaid(accountId: string, { from, to }: Period): Promise<Order[]> {
    return this.#orders.find({ accountId, paidAt: { $gte: from, $lt: to } }, withoutId).toArray();
  }

  listRefundSent(accountId: string, { from, to }: Period): Promise<Order[]> {
    const sentAt = { $gte: from, $lt: to };
    return this.#orders.find({ accountId, refunds: { $elemMatch: { sentAt } } }, withoutId).toArray();
  }

  listByRefundState(accountId: string, states: readonly RefundStateName[], limit: number): Promise<Order[]> {
    return this.#orders
      .find({ accountId, 'refunds.state': { $in: [...states] } }, withoutId)
      .sort({ createdAt: 1 })
      .limit(limit)
      .toArray();
  }

  list(selection: OrderSelection, limit: number, after?: OrderCursor): Promise<Order[]> {
    return this.#orders
      .find({ $and: conditionsOf(selection, after) }, withoutId)
      .sort({ createdAt: -1, orderId: -1 })
      .limit(limit)
      .toArray();
  }

  #listDue(states: OrderState[], now: number, limit: number): Promise<Order[]> {
    return this.#orders
      .find({ checkAt: { $lte: new Date(now) }, state: { $in: states } }, withoutId)
      .sort({ checkAt: 1 })
      .limit(limit)
      .toArray();
  }
}

const withoutId = { projection: { _id: 0 } } as const;
const unsettled: OrderState[] = ['open', 'closing'];

function conditionsOf(
  { number, subjectId, placed, ...fields }: OrderSelection,
  after: OrderCursor | undefined,
): mongo.Filter<Order>[] {
  return [
    fields,
    ...(number === undefined
      ? []
      : [{ $or: [{ orderNo: number }, { transactionId: number }, { 'refunds.refundNo': number }] }]),
    ...(subjectId === undefined ? [] : [{ 'subject.id': subjectId }]),
    ...(placed ? [{ createdAt: { $gte: placed.from, $lt: placed.to } }] : []),
    ...(after
      ? [
          {
            $or: [
              { createdAt: { $lt: after.createdAt } },
              { createdAt: after.createdAt, orderId: { $lt: after.orderId } },
            ],
          },
        ]
      : []),
  ];
}

function within(tx: Transaction | undefined) {
  return { ...withoutId, ...(tx && { session: sessionOf(tx) }) };
}

function indexWhere(name: string, key: Record<string, 1 | -1>, partialFilterExpression: object) {
  return { key, partialFilterExpression, name };
}
