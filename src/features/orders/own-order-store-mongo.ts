import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { Order } from './order.js';
import type { OrderHolding, OwnOrderStore } from './own-order-store.js';

interface Citizen {
  accountId: string;
  openid: string;
}

export class OwnOrderStoreMongo implements OwnOrderStore {
  readonly #orders: mongo.Collection<Order>;

  constructor(connection: MongoConnection) {
    this.#orders = databaseOf(connection).collection<Order>('orders');
  }

  listOf({ accountId, openid }: Citizen): AsyncIterable<Order> {
    return this.#orders.find({ accountId, openid }, { projection: { _id: 0 } }).sort({ createdAt: 1 });
  }

  async removeUnpaid(tx: Transaction, { accountId, openid }: Citizen): Promise<number> {
    const { deletedCount } = await this.#orders.deleteMany(
      { accountId, openid, state: 'closed' },
      { session: sessionOf(tx) },
    );
    return deletedCount;
  }

  countPaid(tx: Transaction, { accountId, openid }: Citizen): Promise<number> {
    return this.#orders.countDocuments({ accountId, openid, state: 'paid' }, { session: sessionOf(tx) });
  }

  removeUnpaidUntil(until: Date, limit: number): Promise<number> {
    return this.#removeSome({ state: 'closed', closedAt: { $lte: until } }, limit);
  }

  removePaidBefore(until: Date, limit: number): Promise<number> {
    return this.#removeSome({ state: 'paid', paidAt: { $lt: until } }, limit);
  }

  async look(): Promise<OrderHolding> {
    const [held, first] = await Promise.all([
      this.#orders.estimatedDocumentCount(),
      this.#orders.findOne({}, { sort: { _id: 1 }, projection: { _id: 0, createdAt: 1 } }),
    ]);
    return { held, oldest: first?.createdAt ?? null };
  }

  async #removeSome(which: mongo.Filter<Order>, limit: number): Promise<number> {
    const found = await this.#orders
      .find(which, { projection: { _id: 1 } })
      .limit(limit)
      .toArray();
    if (found.length === 0) return 0;
    const { deletedCount } = await this.#orders.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } });
    return deletedCount;
  }
}
