import { setTimeout as sleep } from 'node:timers/promises';
import { mongo } from 'mongoose';
import { OperationalError } from '../../core/errors.js';

export const replicaSetName = 'suishen';

const primaryTimeoutMs = 30_000;
const pollMs = 20;
const notYetInitialized = 94;

/**
 * Makes the `mongod` on this port of 127.0.0.1 the writable primary of a replica set of one. Data that was
 * written under another port is taken over: the set's only member moves to this port. (MongoMemoryReplSet applies
 * the stored configuration again as it is, so that a set that changed its port never gets a primary.)
 *
 * Majority writes are journaled before they are acknowledged: `writeConcernMajorityJournalDefault` is set.
 *
 * @throws OperationalError `no_primary` after 30 seconds.
 */
export async function ensurePrimary(port: number): Promise<void> {
  const host = `127.0.0.1:${port}`;
  // A direct connection, because a set that still names another port cannot be discovered.
  const client = await mongo.MongoClient.connect(`mongodb://${host}`, { directConnection: true });
  try {
    const admin = client.db('admin');
    const config = await readConfig(admin);
    if (config === undefined) {
      await admin.command({ replSetInitiate: freshConfig(host) });
    } else if (config.members[0]?.host !== host) {
      await admin.command({ replSetReconfig: { ...config, ...membersAt(host) }, force: true });
    }
    await waitForPrimary(admin, host);
  } finally {
    await client.close();
  }
}

interface ReplicaSetConfig {
  members: { host: string }[];
}

async function readConfig(admin: mongo.Db): Promise<ReplicaSetConfig | undefined> {
  try {
    const { config } = await admin.command({ replSetGetConfig: 1 });
    return config;
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === notYetInitialized) return undefined;
    throw error;
  }
}

function freshConfig(host: string) {
  return { _id: replicaSetName, writeConcernMajorityJournalDefault: true, ...membersAt(host) };
}

function membersAt(host: string) {
  return { members: [{ _id: 0, host }] };
}

async function waitForPrimary(admin: mongo.Db, host: string): Promise<void> {
  const deadline = performance.now() + primaryTimeoutMs;
  while (performance.now() < deadline) {
    const { isWritablePrimary } = await admin.command({ hello: 1 });
    if (isWritablePrimary === true) return;
    await sleep(pollMs);
  }
  throw new OperationalError('no_primary', `the embedded mongod at ${host} did not become primary`);
}
