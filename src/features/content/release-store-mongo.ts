import type { mongo } from 'mongoose';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import { submissionsName } from './submission-store-mongo.js';
import type {
  AppendCondition,
  AppendOutcome,
  LivePointer,
  LiveWatch,
  NewRelease,
  ReleaseStore,
  StoredRelease,
} from './release-store.js';

interface LiveDocument extends Omit<LivePointer, 'accountId'> {
  /** The account. */
  _id: string;
}

const releasesName = 'releases';
const liveName = 'live_releases';

export const releaseMigration: Migration = {
  id: 'content-0001-releases',
  up: async (db) => {
    await db.collection(releasesName).createIndex({ accountId: 1, number: 1 }, { unique: true });
    const present = await db.listCollections({ name: liveName }).toArray();
    // A change stream needs no collection, but a transaction is spared from making one.
    if (present.length === 0) await db.createCollection(liveName);
  },
};

/** Releases in `releases`, the pointers to the live ones in `live_releases`. */
export class MongoReleaseStore implements ReleaseStore {
  readonly #connection: MongoConnection;
  readonly #releases: mongo.Collection<StoredRelease>;
  readonly #live: mongo.Collection<LiveDocument>;

  constructor(connection: MongoConnection) {
    this.#connection = connection;
    this.#releases = databaseOf(connection).collection(releasesName);
    this.#live = databaseOf(connection).collection(liveName);
  }

  /** The pointer is the counter: two transactions that read the same number conflict on it, and one runs again. */
  async append(tx: Transaction, release: NewRelease, condition: AppendCondition): Promise<AppendOutcome> {
    const { accountId, hash, publishedAt: updatedAt } = release;
    const live = await this.findLive(accountId, tx);
    if (live && (condition === 'first' || live.hash === hash)) return { appended: false, live };
    const number = (live?.number ?? 0) + 1;
    const session = sessionOf(tx);
    const next = { number, hash, updatedAt };
    if (live) await this.#live.updateOne({ _id: accountId }, { $set: next }, { session });
    else await this.#live.insertOne({ _id: accountId, ...next }, { session });
    await this.#releases.insertOne({ ...release, number }, { session });
    return { appended: true, live: { accountId, ...next } };
  }

  find(accountId: string, number: number): Promise<StoredRelease | null> {
    return this.#releases.findOne({ accountId, number }, withoutId);
  }

  list(accountId: string, limit: number, before?: number): Promise<StoredRelease[]> {
    return this.#releases
      .find({ accountId, ...(before !== undefined && { number: { $lt: before } }) }, withoutId)
      .sort({ number: -1 })
      .limit(limit)
      .toArray();
  }

  async findLive(accountId: string, tx?: Transaction): Promise<LivePointer | null> {
    const found = await this.#live.findOne({ _id: accountId }, tx ? { session: sessionOf(tx) } : {});
    return found && toPointer(found);
  }

  async listLive(): Promise<LivePointer[]> {
    return (await this.#live.find().sort({ _id: 1 }).toArray()).map(toPointer);
  }

  async watchLive(onChange: () => void): Promise<LiveWatch> {
    const db = databaseOf(this.#connection);
    // From this instant on: what happens while the stream is being opened is reported too.
    const { operationTime } = await db.command({ ping: 1 });
    const stream = db.watch(changesOfReleases, { startAtOperationTime: operationTime });
    stream.on('change', () => onChange());
    return { lost: untilLost(stream), close: () => stream.close() };
  }
}

/** One stream for both: each costs the database a look at all that is written. Nothing of a change is carried. */
const changesOfReleases = [
  {
    $match: {
      $or: [{ 'ns.coll': liveName }, { 'ns.coll': submissionsName, operationType: 'insert' }],
    },
  },
  { $project: { _id: 1 } },
];

const withoutId = { projection: { _id: 0 } };

/** `close` is also said while the driver resumes; whoever hears of a loss closes the stream and opens another. */
function untilLost(stream: mongo.ChangeStream): Promise<unknown> {
  return new Promise((resolve) => {
    stream.on('error', resolve);
    stream.on('close', () => resolve('the change stream was closed'));
  });
}

function toPointer({ _id, number, hash, updatedAt }: LiveDocument): LivePointer {
  return { accountId: _id, number, hash, updatedAt };
}
