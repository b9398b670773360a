import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection, type MongoDatabase } from '../../storage/mongo-connection.js';
import { runAgainOnDuplicate, sessionOf } from '../../storage/transactions-mongo.js';
import { offerSchemas, type OfferItem, type OfferKind } from './offer/offer-item.js';
import type { OfferStore } from './offer/offer-store.js';

interface HeadDocument {
  /** The account. */
  _id: string;
  revision: number;
  /** Counts who relied on the revision; only written. */
  reliances?: number;
}

interface ItemDocument extends Omit<OfferItem, 'value'> {
  value: unknown;
}

const headsName = 'appointment_offers';
const itemsName = 'appointment_offer_items';

export const offerMigration: Migration = {
  id: 'appointments-offer-1-indexes',
  async up(db) {
    await db
      .collection(itemsName)
      .createIndex({ accountId: 1, kind: 1, id: 1 }, { unique: true, name: 'item' });
    await createCollection(db, headsName);
  },
};

/** Heads in `appointment_offers`, items in `appointment_offer_items`. */
export class OfferStoreMongo implements OfferStore {
  readonly #heads: mongo.Collection<HeadDocument>;
  readonly #items: mongo.Collection<ItemDocument>;

  constructor(connection: MongoConnection) {
    this.#heads = databaseOf(connection).collection(headsName);
    this.#items = databaseOf(connection).collection(itemsName);
  }

  async advance(tx: Transaction, accountId: string): Promise<void> {
    await this.#heads
      .updateOne({ _id: accountId }, { $inc: { revision: 1 } }, { upsert: true, session: sessionOf(tx) })
      .catch(runAgainOnDuplicate);
  }

  async findRevision(accountId: string, tx?: Transaction): Promise<number> {
    return (await this.#heads.findOne({ _id: accountId }, within(tx)))?.revision ?? 0;
  }

  async relyOn(tx: Transaction, accountId: string, revision: number): Promise<boolean> {
    const { matchedCount } = await this.#heads.updateOne(
      { _id: accountId, revision },
      { $inc: { reliances: 1 } },
      { session: sessionOf(tx) },
    );
    return matchedCount === 1;
  }

  async find<Kind extends OfferKind>(
    accountId: string,
    kind: Kind,
    id: string,
    tx?: Transaction,
  ): Promise<OfferItem<Kind> | null> {
    const found = await this.#items.findOne({ accountId, kind, id }, within(tx));
    return found && toItem(found, kind);
  }

  async list<Kind extends OfferKind>(
    accountId: string,
    kind: Kind,
    tx?: Transaction,
  ): Promise<OfferItem<Kind>[]> {
    const found = await this.#items
      .find({ accountId, kind }, within(tx))
      .sort({ position: 1, id: 1 })
      .toArray();
    return found.map((document) => toItem(document, kind));
  }

  async put(tx: Transaction, item: OfferItem): Promise<void> {
    const { accountId, kind, id, version } = item;
    const session = sessionOf(tx);
    if (version === 1) {
      await this.#items.insertOne({ ...item }, { session }).catch(runAgainOnDuplicate);
      return;
    }
    const before = { accountId, kind, id, version: version - 1 };
    const { matchedCount } = await this.#items.replaceOne(before, { ...item }, { session });
    if (matchedCount !== 1) throw notAtVersion(item, version - 1);
  }

  async remove(tx: Transaction, item: OfferItem): Promise<void> {
    const { accountId, kind, id, version } = item;
    const { deletedCount } = await this.#items.deleteOne(
      { accountId, kind, id, version },
      { session: sessionOf(tx) },
    );
    if (deletedCount !== 1) throw notAtVersion(item, version);
  }

  async arrange(tx: Transaction, accountId: string, kind: OfferKind, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const writes = ids.map((id, position) => ({
      updateOne: { filter: { accountId, kind, id }, update: { $set: { position } } },
    }));
    await this.#items.bulkWrite(writes, { session: sessionOf(tx) });
  }
}

function toItem<Kind extends OfferKind>(
  { value, accountId, id, version, position, updatedAt, updatedBy }: ItemDocument,
  kind: Kind,
): OfferItem<Kind> {
  const parsed = offerSchemas[kind].parse(value);
  return { accountId, kind, id, value: parsed, version, position, updatedAt, updatedBy };
}

function within(tx?: Transaction): { session?: mongo.ClientSession } {
  return tx ? { session: sessionOf(tx) } : {};
}

function notAtVersion({ kind, id }: OfferItem, version: number): Error {
  return new Error(`the ${kind} ${id} is not at version ${version}`);
}

/** A transaction that has to make a collection locks out the others. */
async function createCollection(db: MongoDatabase, name: string): Promise<void> {
  const present = await db.listCollections({ name }).toArray();
  if (present.length === 0) await db.createCollection(name);
}
