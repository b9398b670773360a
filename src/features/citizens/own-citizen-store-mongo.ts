import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { Citizen } from './citizen.js';
import type { OwnCitizenStore } from './own-citizen-store.js';

type Name = Pick<Citizen, 'accountId' | 'openid'>;

export class OwnCitizenStoreMongo implements OwnCitizenStore {
  readonly #citizens: mongo.Collection<Citizen>;

  constructor(connection: MongoConnection) {
    this.#citizens = databaseOf(connection).collection<Citizen>('citizens');
  }

  find({ accountId, openid }: Name, tx?: Transaction): Promise<Citizen | null> {
    const options = { projection: { _id: 0 }, ...(tx && { session: sessionOf(tx) }) };
    return this.#citizens.findOne({ accountId, openid }, options);
  }

  async forget(tx: Transaction, { accountId, openid }: Name): Promise<void> {
    await this.#citizens.updateOne(
      { accountId, openid },
      { $set: { subscriptions: [] }, $unset: { district: '' } },
      { session: sessionOf(tx) },
    );
  }
}
