import { mongo } from 'mongoose';
import { duplicateKeyCode } from '../../storage/duplicate-key.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type {
  ConsentEvent,
  ConsentLedger,
  ConsentRef,
  ConsentSettlement,
  ConsentTemplate,
  ConsentUse,
} from './consent-ledger.js';

const collectionName = 'notice_consents';
/** The platform repeats an event within seconds; nobody agrees or refuses so often meanwhile. */
const keysKept = 30;

export const consentMigration: Migration = {
  id: 'notices-3-consents',
  async up(db) {
    await db.createCollection(collectionName).catch((error: unknown) => {
      if (!(error instanceof mongo.MongoServerError && error.codeName === 'NamespaceExists')) throw error;
    });
  },
};

interface ConsentRecord {
  /** `<account>:<template>:<openid>`: unique, and a page of openids is read by it. */
  _id: string;
  /** One-time consents that are free. */
  count: number;
  /** Has agreed, and not refused since: what counts for a long-term template. */
  isAllowed: boolean;
  /** Deliveries that have taken one and do not know yet whether it served. */
  taken?: string[];
  /** Of the last events that count. */
  keys: string[];
  updatedAt: Date;
}

export class ConsentStoreMongo implements ConsentLedger {
  readonly #consents: mongo.Collection<ConsentRecord>;

  constructor(connection: MongoConnection) {
    this.#consents = databaseOf(connection).collection<ConsentRecord>(collectionName);
  }

  async record(events: readonly ConsentEvent[]): Promise<void> {
    if (events.length === 0) return;
    const updates = events.map((event) => ({
      updateOne: {
        filter: { _id: idOf(event), keys: { $ne: event.key } },
        update: {
          ...effectOf(event),
          $push: { keys: { $each: [event.key], $slice: -keysKept } },
        },
        upsert: true,
      },
    }));
    try {
      // In their order: of two events of one citizen the later one counts.
      await this.#consents.bulkWrite(updates, { ordered: true });
    } catch (error) {
      // The citizen is known, and so is the event: an upsert can then only collide. The rest goes on behind it.
      const at = collisionIn(error);
      if (at === null) throw error;
      await this.record(events.slice(at + 1));
    }
  }

  async listFree(
    { isLongTerm, ...template }: ConsentTemplate,
    openids: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const ids = openids.map((openid) => idOf({ ...template, openid }));
    const free = isLongTerm ? { isAllowed: true } : { count: { $gt: 0 } };
    const records = await this.#consents
      .find({ _id: { $in: ids }, ...free }, { projection: { _id: 1 } })
      .toArray();
    const found = new Set(records.map(({ _id }) => _id));
    return new Set(openids.filter((_, index) => found.has(ids[index] ?? '')));
  }

  async take(uses: readonly ConsentUse[]): Promise<boolean[]> {
    if (uses.length === 0) return [];
    const takings = uses.filter(({ isLongTerm }) => !isLongTerm).map(toTaking);
    if (takings.length > 0) await this.#consents.bulkWrite(takings, { ordered: false });
    const ids = [...new Set(uses.map(idOf))];
    const records = await this.#consents
      .find({ _id: { $in: ids } }, { projection: { isAllowed: 1, taken: 1 } })
      .toArray();
    const byId = new Map(records.map((record) => [record._id, record]));
    return uses.map((use) => {
      const record = byId.get(idOf(use));
      if (use.isLongTerm) return record?.isAllowed ?? false;
      return record?.taken?.includes(use.delivery) ?? false;
    });
  }

  async settle(settlements: readonly { use: ConsentUse; as: ConsentSettlement }[]): Promise<void> {
    const updates = settlements
      .filter(({ use, as }) => !use.isLongTerm || as === 'void')
      .map(({ use, as }) => toSettling(use, as));
    if (updates.length > 0) await this.#consents.bulkWrite(updates, { ordered: false });
  }
}

const noConsent = { count: 0, isAllowed: false };

function effectOf({ change, at }: ConsentEvent): mongo.UpdateFilter<ConsentRecord> {
  if (change === 'refused') return { $set: { ...noConsent, updatedAt: at } };
  return { $inc: { count: change === 'accepted' ? 1 : 0 }, $set: { isAllowed: true, updatedAt: at } };
}

function toTaking(use: ConsentUse): mongo.AnyBulkWriteOperation<ConsentRecord> {
  return {
    updateOne: {
      filter: { _id: idOf(use), count: { $gt: 0 }, taken: { $ne: use.delivery } },
      update: { $inc: { count: -1 }, $push: { taken: use.delivery } },
    },
  };
}

function toSettling(use: ConsentUse, as: ConsentSettlement): mongo.AnyBulkWriteOperation<ConsentRecord> {
  const _id = idOf(use);
  const { delivery } = use;
  if (as === 'void')
    return { updateOne: { filter: { _id }, update: { $set: noConsent, $pull: { taken: delivery } } } };
  return {
    updateOne: {
      filter: { _id, taken: delivery },
      update: { $pull: { taken: delivery }, ...(as === 'given_back' && { $inc: { count: 1 } }) },
    },
  };
}

function idOf({ accountId, templateId, openid }: ConsentRef): string {
  return `${accountId}:${templateId}:${openid}`;
}

/** Which write collided; null: it failed for another reason. */
function collisionIn(error: unknown): number | null {
  if (!(error instanceof mongo.MongoBulkWriteError) || error.code !== duplicateKeyCode) return null;
  const [first] = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
  return first?.index ?? null;
}
