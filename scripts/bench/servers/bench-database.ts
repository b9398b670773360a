import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import mongoose from 'mongoose';
import { z } from 'zod';
import { silentLogger } from '../../../src/observability/logger.js';
import { EmbeddedMongo } from '../../../src/storage/embedded/embedded-mongo.js';
import { findMongod } from '../../../src/storage/embedded/find-mongod.js';

/** One mongod for every server that stores something, each in a database of its own. */
export interface BenchDatabase {
  /** Of a database that is new in this run. */
  uriOf(name: string): string;
  count(name: string, collection: string): Promise<number>;
  /** How many documents of `collection` hold each value of `field`, most frequent first. */
  countBy(name: string, collection: string, field: string): Promise<Array<{ value: string; count: number }>>;
  /** A folder of this run, on the same disk as the project. */
  folder: string;
  /** Of the mongod. */
  version: string;
  stop(): Promise<void>;
}

/**
 * `MONGODB_URI` where it is set: the run's databases are dropped afterwards. Otherwise the embedded mongod, in a
 * folder inside the project and not in the system's: a temporary folder may be memory, and durable would mean nothing.
 */
export async function startBenchDatabase(say: (line: string) => void): Promise<BenchDatabase> {
  const cache = fileURLToPath(new URL('../../../.cache/', import.meta.url));
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(`${cache}bench-`);
  const embedded = process.env.MONGODB_URI ? null : await startEmbedded(folder, say);
  const base = embedded?.uri ?? process.env.MONGODB_URI ?? '';
  const client = await mongoose.mongo.MongoClient.connect(base);
  const databaseOf = (name: string): string => `suishen_bench_${process.pid}_${name}`;
  const used = new Set<string>();
  const { version } = z.object({ version: z.string() }).parse(await client.db().command({ buildInfo: 1 }));
  return {
    folder,
    version,
    uriOf(name) {
      used.add(name);
      // Not by URL: it knows no list of hosts.
      return base.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?[^?]*/, `$1/${databaseOf(name)}`);
    },
    count: (name, collection) => client.db(databaseOf(name)).collection(collection).countDocuments(),
    countBy: async (name, collection, field) =>
      client
        .db(databaseOf(name))
        .collection(collection)
        .aggregate<{ value: string; count: number }>([
          { $group: { _id: `$${field}`, count: { $sum: 1 } } },
          { $sort: { count: -1 } },
          { $project: { _id: 0, value: '$_id', count: 1 } },
        ])
        .toArray(),
    async stop() {
      for (const name of used) await client.db(databaseOf(name)).dropDatabase();
      await client.close();
      await embedded?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startEmbedded(folder: string, say: (line: string) => void): Promise<EmbeddedMongo> {
  const binary = await findMongod(process.env, say);
  return EmbeddedMongo.start({
    dataDir: folder,
    binary,
    logger: silentLogger,
    onGiveUp: (error) => {
      throw error;
    },
  });
}
