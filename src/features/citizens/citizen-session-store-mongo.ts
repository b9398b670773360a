import type { mongo } from 'mongoose';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { CitizenSession } from './citizen-session.js';
import type { CitizenSessionStore } from './citizen-session-store.js';

const collectionName = 'citizen_sessions';

export const citizenSessionMigration: Migration = {
  id: 'citizens-2-sessions',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { tokenHash: 1 }, unique: true, name: 'token' },
      { key: { expiresAt: 1 }, expireAfterSeconds: 0, name: 'expiry' },
    ]);
  },
};

export class CitizenSessionStoreMongo implements CitizenSessionStore {
  readonly #sessions: mongo.Collection<CitizenSession>;

  constructor(connection: MongoConnection) {
    this.#sessions = databaseOf(connection).collection<CitizenSession>(collectionName);
  }

  async insert(session: CitizenSession): Promise<void> {
    await this.#sessions.insertOne({ ...session });
  }

  find(accountId: string, tokenHash: string, now: Date): Promise<CitizenSession | null> {
    const filter = { tokenHash, accountId, expiresAt: { $gt: now } };
    return this.#sessions.findOne(filter, { projection: { _id: 0 } });
  }

  async touch(tokenHash: string, seen: { lastSeenAt: Date; expiresAt: Date }): Promise<void> {
    await this.#sessions.updateOne({ tokenHash }, { $set: seen });
  }

  async remove(tokenHash: string): Promise<void> {
    await this.#sessions.deleteOne({ tokenHash });
  }
}
