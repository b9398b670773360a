import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import { OperationalError, describeError } from '../core/errors.js';
import { isDuplicateKey } from './duplicate-key.js';
import { databaseOf, type MongoConnection, type MongoDatabase } from './mongo-connection.js';

/** One step that brings a database to the shape which the program expects. */
export interface Migration {
  /** Unique, never changed once it has run anywhere: `content-0001-release-indexes`. */
  id: string;
  /** Idempotent: a process that dies half-way leaves the step to the next one, from its beginning. */
  up(db: MongoDatabase): Promise<void>;
}

interface MigrationRecord {
  _id: string;
  finishedAt: Date;
}

interface Lease {
  _id: 'lease';
  owner: string;
  until: Date;
}

const leaseMs = 30_000;
const patienceMs = 120_000;
const recordsName = 'migrations';
const leaseName = 'migration_lease';

/**
 * Runs those of `migrations` that this database has not seen, in their order, and records each.
 * Any number of processes may start at once: one holds a lease and works, the others wait for it.
 *
 * @returns the ids that this call ran.
 * @throws OperationalError `migration_failed` naming the step; `migration_lease_busy` when another process has
 *   held the lease for two minutes.
 */
export async function migrate(
  connection: MongoConnection,
  migrations: readonly Migration[],
): Promise<string[]> {
  refuseRepeatedIds(migrations);
  const db = databaseOf(connection);
  if ((await findPending(db, migrations)).length === 0) return [];
  const owner = randomUUID();
  await takeLease(db, owner);
  const renewal = setInterval(() => void renewLease(db, owner).catch(() => undefined), leaseMs / 3);
  try {
    const ran: string[] = [];
    // Asked again under the lease: the process waited for may have done the work.
    for (const migration of await findPending(db, migrations)) {
      await run(db, migration);
      ran.push(migration.id);
    }
    return ran;
  } finally {
    clearInterval(renewal);
    await db.collection<Lease>(leaseName).deleteOne({ _id: 'lease', owner });
  }
}

async function findPending(db: MongoDatabase, migrations: readonly Migration[]): Promise<Migration[]> {
  const done = await db.collection<MigrationRecord>(recordsName).find().toArray();
  const ids = new Set(done.map((record) => record._id));
  return migrations.filter((migration) => !ids.has(migration.id));
}

async function run(db: MongoDatabase, migration: Migration): Promise<void> {
  try {
    await migration.up(db);
    await db
      .collection<MigrationRecord>(recordsName)
      .updateOne({ _id: migration.id }, { $setOnInsert: { finishedAt: new Date() } }, { upsert: true });
  } catch (error) {
    throw new OperationalError('migration_failed', `migration ${migration.id}: ${describeError(error)}`, {
      details: { migration: migration.id },
      cause: error,
    });
  }
}

async function takeLease(db: MongoDatabase, owner: string): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await tryLease(db, owner))) {
    if (performance.now() > deadline) {
      throw new OperationalError('migration_lease_busy', 'another process is still migrating the database');
    }
    await sleep(100);
  }
}

/** The server's clock decides, so that nodes whose clocks differ agree. */
async function tryLease(db: MongoDatabase, owner: string): Promise<boolean> {
  const leases = db.collection<Lease>(leaseName);
  const expired = { _id: 'lease' as const, $expr: { $lt: ['$until', '$$NOW'] } };
  if ((await leases.updateOne(expired, leaseFor(owner))).matchedCount === 1) return true;
  return createLease(leases, owner);
}

/** The very first lease of a database; an upsert may not ask with `$expr`. */
async function createLease(leases: mongo.Collection<Lease>, owner: string): Promise<boolean> {
  const unlessPresent = {
    owner: { $ifNull: ['$owner', owner] },
    until: { $ifNull: ['$until', { $add: ['$$NOW', leaseMs] }] },
  };
  try {
    const { upsertedCount } = await leases.updateOne({ _id: 'lease' }, [{ $set: unlessPresent }], {
      upsert: true,
    });
    return upsertedCount === 1;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

async function renewLease(db: MongoDatabase, owner: string): Promise<void> {
  await db.collection<Lease>(leaseName).updateOne({ _id: 'lease', owner }, leaseFor(owner));
}

function leaseFor(owner: string) {
  return [{ $set: { owner, until: { $add: ['$$NOW', leaseMs] } } }];
}

function refuseRepeatedIds(migrations: readonly Migration[]): void {
  const ids = new Set<string>();
  for (const { id } of migrations) {
    if (ids.has(id)) throw new Error(`two migrations are called ${id}`);
    ids.add(id);
  }
}
