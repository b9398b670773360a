import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { SessionStore } from './session-store.js';
import type { StaffSession } from './staff-session.js';

interface SessionDocument extends Omit<StaffSession, 'id'> {
  _id: string;
}

const collectionName = 'staff_sessions';

export const sessionMigration: Migration = {
  id: 'staff-0002-sessions',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      { key: { tokenHash: 1 }, unique: true, name: 'token' },
      { key: { staffId: 1, createdAt: -1 }, name: 'person' },
      { key: { expiresAt: 1 }, expireAfterSeconds: 0, name: 'expiry' },
    ]);
  },
};

export class SessionStoreMongo implements SessionStore {
  readonly #sessions: mongo.Collection<SessionDocument>;

  constructor(connection: MongoConnection) {
    this.#sessions = databaseOf(connection).collection<SessionDocument>(collectionName);
  }

  async insert(tx: Transaction, { id, ...session }: StaffSession): Promise<void> {
    await this.#sessions.insertOne({ _id: id, ...session }, { session: sessionOf(tx) });
  }

  async find(tokenHash: string, now: Date): Promise<StaffSession | null> {
    const found = await this.#sessions.findOne({ tokenHash, expiresAt: { $gt: now } });
    return found && toSession(found);
  }

  async list(staffId: string, now: Date): Promise<StaffSession[]> {
    const found = await this.#sessions
      .find({ staffId, expiresAt: { $gt: now } })
      .sort({ createdAt: -1, _id: 1 })
      .toArray();
    return found.map(toSession);
  }

  async touch(id: string, seen: { lastSeenAt: Date; expiresAt: Date }): Promise<void> {
    await this.#sessions.updateOne({ _id: id }, { $set: seen });
  }

  async remove(tx: Transaction, staffId: string, id: string): Promise<boolean> {
    const { deletedCount } = await this.#sessions.deleteOne({ _id: id, staffId }, { session: sessionOf(tx) });
    return deletedCount === 1;
  }

  async removeAll(tx: Transaction, staffId: string): Promise<number> {
    const { deletedCount } = await this.#sessions.deleteMany({ staffId }, { session: sessionOf(tx) });
    return deletedCount;
  }
}

function toSession({ _id, ...session }: SessionDocument): StaffSession {
  return { id: _id, ...session };
}
