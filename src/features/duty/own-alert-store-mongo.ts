import type { mongo } from 'mongoose';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { DutyAlert } from './duty-alert.js';
import type { OwnAlertStore } from './own-alert-store.js';

export class OwnAlertStoreMongo implements OwnAlertStore {
  readonly #alerts: mongo.Collection<DutyAlert>;

  constructor(connection: MongoConnection) {
    this.#alerts = databaseOf(connection).collection<DutyAlert>('duty_alerts');
  }

  list({ accountId, openid }: Pick<DutyAlert, 'accountId' | 'openid'>): Promise<DutyAlert[]> {
    return this.#alerts
      .find({ accountId, openid }, { projection: { _id: 0 } })
      .sort({ at: -1 })
      .toArray();
  }
}
