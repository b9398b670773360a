import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import { foldUsername, type StaffMember } from './staff-member.js';
import type { StaffStore } from './staff-store.js';

interface StaffDocument extends Omit<StaffMember, 'id'> {
  _id: string;
  foldedUsername: string;
  /** Counts the transactions that have held this member: it is what they conflict on. */
  holds: number;
}

const collectionName = 'staff';

export const staffMigration: Migration = {
  id: 'staff-0001-staff',
  async up(db) {
    await db
      .collection(collectionName)
      .createIndexes([{ key: { foldedUsername: 1 }, unique: true, name: 'username' }]);
  },
};

export class StaffStoreMongo implements StaffStore {
  readonly #staff: mongo.Collection<StaffDocument>;

  constructor(connection: MongoConnection) {
    this.#staff = databaseOf(connection).collection<StaffDocument>(collectionName);
  }

  async find(id: string): Promise<StaffMember | null> {
    return toMember(await this.#staff.findOne({ _id: id }));
  }

  async findByUsername(username: string): Promise<StaffMember | null> {
    return toMember(await this.#staff.findOne({ foldedUsername: foldUsername(username) }));
  }

  async list(): Promise<StaffMember[]> {
    const found = await this.#staff.find().sort({ foldedUsername: 1 }).toArray();
    return found.flatMap((document) => toMember(document) ?? []);
  }

  async hold(tx: Transaction, id: string): Promise<StaffMember | null> {
    const session = sessionOf(tx);
    return toMember(
      await this.#staff.findOneAndUpdate(
        { _id: id },
        { $inc: { holds: 1 } },
        { session, returnDocument: 'after' },
      ),
    );
  }

  async insert(tx: Transaction, { id, ...member }: StaffMember): Promise<boolean> {
    const session = sessionOf(tx);
    const foldedUsername = foldUsername(member.username);
    if (await this.#staff.findOne({ foldedUsername }, { session })) return false;
    await this.#staff
      .insertOne({ _id: id, ...member, foldedUsername, holds: 0 }, { session })
      .catch(runAgainOnDuplicate);
    return true;
  }

  async update(
    tx: Transaction,
    id: string,
    change: Partial<Omit<StaffMember, 'id' | 'username'>>,
  ): Promise<void> {
    await this.#staff.updateOne({ _id: id }, { $set: change }, { session: sessionOf(tx) });
  }
}

function toMember(document: StaffDocument | null): StaffMember | null {
  if (!document) return null;
  const { _id, foldedUsername: _folded, holds: _holds, ...member } = document;
  return { id: _id, ...member };
}
