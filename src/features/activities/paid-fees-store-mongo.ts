import type { mongo } from 'mongoose';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { PaidFees } from './office/activity-publisher.js';
import type { PlacesKey } from './place-store.js';
import { registrationsCollection } from './registration-store-mongo.js';
import type { Registration } from './registration.js';

export class PaidFeesStoreMongo implements PaidFees {
  readonly #registrations: mongo.Collection<Registration>;

  constructor(connection: MongoConnection) {
    this.#registrations = databaseOf(connection).collection<Registration>(registrationsCollection);
  }

  async sum({ accountId, activityId }: PlacesKey): Promise<number> {
    const [found] = await this.#registrations
      .aggregate<{ fen: number }>([
        { $match: { accountId, activityId, state: 'confirmed', orderId: { $exists: true } } },
        { $group: { _id: null, fen: { $sum: '$feeFen' } } },
      ])
      .toArray();
    return found?.fen ?? 0;
  }
}
