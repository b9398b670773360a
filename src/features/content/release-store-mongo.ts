import { Schema, type mongo } from 'mongoose';
import { isDuplicateKey } from '../../storage/duplicate-key.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
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

const required = true;

const releaseSchema = new Schema<StoredRelease>(
  {
    accountId: { type: String, required },
    number: { type: Number, required },
    hash: { type: String, required },
    content: { type: Schema.Types.Mixed, required },
    publishedAt: { type: Date, required },
    publishedBy: { type: String, required },
    note: { type: String, default: '' },
  },
  { collection: 'releases', minimize: false, strict: 'throw', versionKey: false },
);

const liveSchema = new Schema<LiveDocument>(
  {
    _id: { type: String, required },
    number: { type: Number, required },
    hash: { type: String, required },
    updatedAt: { type: Date, required },
  },
  { collection: 'live_releases', strict: 'throw', versionKey: false },
);

export const releaseMigration: Migration = {
  id: 'content-0001-releases',
  up: async (db) => {
    await db.collection('releases').createIndex({ accountId: 1, number: 1 }, { unique: true });
    const present = await db.listCollections({ name: 'live_releases' }).toArray();
    // A change stream needs no collection, but a transaction is spared from making one.
    if (present.length === 0) await db.createCollection('live_releases');
  },
};

/** Releases in `releases`, the pointers to the live ones in `live_releases`. */
export class MongoReleaseStore implements ReleaseStore {
  readonly #connection: MongoConnection;
  readonly #releases: ReturnType<typeof compileModels>['releases'];
  readonly #live: ReturnType<typeof compileModels>['live'];

  constructor(connection: MongoConnection) {
    this.#connection = connection;
    const { releases, live } = compileModels(connection);
    this.#releases = releases;
    this.#live = live;
  }

  async append(release: NewRelease, condition: AppendCondition): Promise<AppendOutcome> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#tryAppend(release, condition);
      } catch (error) {
        // Another node has just made the pointer; now there is one to read.
        if (!isDuplicateKey(error) || attempt === 3) throw error;
      }
    }
  }

  /** The pointer is the counter: two transactions that read the same number conflict on it, and one runs again. */
  async #tryAppend(release: NewRelease, condition: AppendCondition): Promise<AppendOutcome> {
    const session = await this.#connection.startSession();
    try {
      return await session.withTransaction(
        async () => {
          const live = await this.#live.findById(release.accountId).session(session).lean();
          if (live && (condition === 'first' || live.hash === release.hash)) {
            return { appended: false, live: toPointer(live) };
          }
          const number = (live?.number ?? 0) + 1;
          const next = { number, hash: release.hash, updatedAt: release.publishedAt };
          await this.#live.updateOne({ _id: release.accountId }, { $set: next }, { session, upsert: true });
          await this.#releases.create([{ ...release, number }], { session });
          return { appended: true, live: { accountId: release.accountId, ...next } };
        },
        { readConcern: { level: 'snapshot' }, writeConcern: { w: 'majority', journal: true } },
      );
    } finally {
      await session.endSession();
    }
  }

  async find(accountId: string, number: number): Promise<StoredRelease | null> {
    return this.#releases.findOne({ accountId, number }).select('-_id').lean();
  }

  async findLive(accountId: string): Promise<LivePointer | null> {
    const found = await this.#live.findById(accountId).lean();
    return found && toPointer(found);
  }

  async listLive(): Promise<LivePointer[]> {
    return (await this.#live.find().sort({ _id: 1 }).lean()).map(toPointer);
  }

  async watchLive(onChange: () => void): Promise<LiveWatch> {
    const db = databaseOf(this.#connection);
    // From this instant on: what happens while the stream is being opened is reported too.
    const { operationTime } = await db.command({ ping: 1 });
    const stream = db.collection('live_releases').watch([], { startAtOperationTime: operationTime });
    stream.on('change', () => onChange());
    return { lost: untilLost(stream), close: () => stream.close() };
  }
}

function compileModels(connection: MongoConnection) {
  return {
    releases: connection.model('Release', releaseSchema, undefined, { overwriteModels: true }),
    live: connection.model('LiveRelease', liveSchema, undefined, { overwriteModels: true }),
  };
}

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
