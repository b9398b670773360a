import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { OwnRegistrationStore } from './own-registration-store.js';
import type { Citizen } from './registration-desk.js';
import { registrationsCollection } from './registration-store-mongo.js';
import type { Registration } from './registration.js';

export class OwnRegistrationStoreMongo implements OwnRegistrationStore {
  readonly #registrations: mongo.Collection<Registration>;

  constructor(connection: MongoConnection) {
    this.#registrations = databaseOf(connection).collection<Registration>(registrationsCollection);
  }

  listOf({ accountId, openid }: Citizen, tx?: Transaction): Promise<Registration[]> {
    return this.#registrations
      .find({ accountId, openid }, { ...withoutId, ...(tx && { session: sessionOf(tx) }) })
      .sort({ createdAt: -1 })
      .toArray();
  }

  async remove(tx: Transaction, registrations: readonly Registration[]): Promise<void> {
    if (registrations.length === 0) return;
    await this.#registrations.deleteMany(anyOf(registrations), { session: sessionOf(tx) });
  }

  async anonymise(tx: Transaction, registrations: readonly Registration[]): Promise<void> {
    if (registrations.length === 0) return;
    // A request is unique by citizen, and these are all nobody's.
    const nobodys = { openid: '', requestKey: '$registrationId', sealed: '', facts: { $literal: {} } };
    await this.#registrations.updateMany(anyOf(registrations), [{ $set: nobodys }], {
      session: sessionOf(tx),
    });
  }

  listExpired(now: Date, limit: number, tx: Transaction): Promise<Registration[]> {
    return this.#registrations
      .find({ expiresAt: { $lte: now } }, { ...withoutId, session: sessionOf(tx) })
      .limit(limit)
      .toArray();
  }

  async keepUntil(
    tx: Transaction,
    { accountId, registrationId }: Registration,
    expiresAt: Date,
  ): Promise<void> {
    await this.#registrations.updateOne(
      { accountId, registrationId },
      { $set: { expiresAt } },
      { session: sessionOf(tx) },
    );
  }
}

const withoutId = { projection: { _id: 0 } } as const;

function anyOf(registrations: readonly Registration[]) {
  return { $or: registrations.map(({ accountId, registrationId }) => ({ accountId, registrationId })) };
}
