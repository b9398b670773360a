import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mongo as driver } from 'mongoose';
import { createLogger, silentLogger } from '../../../src/observability/logger.js';
import { EmbeddedMongo } from '../../../src/storage/embedded/embedded-mongo.js';
import { findMongod } from '../../../src/storage/embedded/find-mongod.js';
import type { FoundProgram } from '../../../src/storage/embedded/find-program.js';
import { launchMongod } from '../../../src/storage/embedded/mongod-process.js';
import { findFreePort } from '../../../src/storage/embedded/port.js';
import { mongodPid } from '../../support/process-id.js';

let binary: FoundProgram;
let dataDir: string;
const running = new Set<{ stop(): Promise<void> }>();

beforeAll(async () => {
  binary = await findMongod(process.env, () => undefined);
});
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'suishen-embedded-'));
});
afterEach(async () => {
  await Promise.all([...running].map((mongo) => mongo.stop()));
  running.clear();
  await rm(dataDir, { recursive: true, force: true });
});

type Options = Parameters<typeof EmbeddedMongo.start>[0];

async function start(options: Partial<Options> = {}): Promise<EmbeddedMongo> {
  const onGiveUp = (error: Error) => {
    throw error;
  };
  const mongo = await EmbeddedMongo.start({ dataDir, binary, logger: silentLogger, onGiveUp, ...options });
  running.add(mongo);
  return mongo;
}

async function withClient<T>(uri: string, use: (client: driver.MongoClient) => Promise<T>): Promise<T> {
  const client = await driver.MongoClient.connect(uri, { writeConcern: { w: 'majority' } });
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

const insert = (uri: string, _id: string) =>
  withClient(uri, (client) => client.db().collection<{ _id: string }>('kept').insertOne({ _id }));
const readAll = (uri: string) =>
  withClient(uri, async (client) =>
    (await client.db().collection('kept').find().toArray()).map(({ _id }) => _id),
  );

/** mongod writes its process id into the lock file of its folder. */
const killMongod = async () => process.kill(await mongodPid(dataDir), 'SIGKILL');

const startOnly = `
  const { EmbeddedMongo } = await import('${resolve('src/storage/embedded/embedded-mongo.ts')}');
  const { silentLogger: logger } = await import('${resolve('src/observability/logger.ts')}');
  const binary = JSON.parse(process.env.MONGOD);
  await EmbeddedMongo.start({ dataDir: process.env.DATA_DIR, binary, logger, onGiveUp: console.error });
  console.log('started');
`;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('EmbeddedMongo', () => {
  it('is a replica set whose majority writes are journaled', async () => {
    const { uri } = await start();
    const { config } = await withClient(uri, (client) => client.db('admin').command({ replSetGetConfig: 1 }));
    expect(config.writeConcernMajorityJournalDefault).toBe(true);
  });

  it('comes back after a stop with its data, on its port', async () => {
    const first = await start();
    await insert(first.uri, 'before');
    await first.stop();

    const second = await start();
    expect(second.uri).toBe(first.uri);
    expect(await readAll(second.uri)).toEqual(['before']);
  });

  it('comes back with its data on another port when its own is taken', async () => {
    const first = await start();
    await insert(first.uri, 'before');
    await first.stop();
    const other = await findFreePort();
    await writeFile(join(dataDir, 'mongo.port'), String(other));

    const second = await start();
    expect(second.uri).toContain(`:${other}/`);
    expect(await readAll(second.uri)).toEqual(['before']);
  });

  it('starts a killed mongod again under the same address, with every acknowledged write', async () => {
    const { uri } = await start();
    const firstPid = await mongodPid(dataDir);
    await withClient(uri, async (client) => {
      const collection = client.db().collection<{ _id: number }>('kept');
      const acknowledged: number[] = [];
      let killed: Promise<boolean> | undefined;
      let failuresSeen = 0;
      // Writes go on through the death and the return of the server.
      for (let _id = 0; acknowledged.length < 60; _id += 1) {
        if (acknowledged.length === 20) killed ??= killMongod();
        await collection.insertOne({ _id }).then(
          () => acknowledged.push(_id),
          () => (failuresSeen += 1),
        );
        if (failuresSeen > 1000) throw new Error('the database did not come back');
      }
      await killed;
      const found = await collection
        .find({ _id: { $in: acknowledged } })
        .sort({ _id: 1 })
        .toArray();
      expect(found.map(({ _id }) => _id)).toEqual(acknowledged);
    });
    expect(await mongodPid(dataDir)).not.toBe(firstPid);
  });

  it('tells the process when mongod cannot be kept alive', async () => {
    const path = join(dataDir, 'mongod');
    await symlink(resolve(binary.path), path);
    const givenUp = new Promise<Error>((resolveError) => {
      void start({ binary: { ...binary, path }, onGiveUp: resolveError }).then(async () => {
        await unlink(path);
        await killMongod();
      });
    });
    await expect(givenUp).resolves.toMatchObject({ code: 'mongod_keeps_dying' });
  });

  it('waits for a predecessor that is still shutting down', async () => {
    const predecessor = await start();
    await insert(predecessor.uri, 'before');
    const logger = createLogger('warn', { write: () => void predecessor.stop() });

    const { uri } = await start({ logger });
    expect(await readAll(uri)).toEqual(['before']);
  });

  it('leaves no mongod behind when its process is killed', async () => {
    const app = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', startOnly], {
      env: { ...process.env, DATA_DIR: dataDir, MONGOD: JSON.stringify(binary) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(app.stdout, 'data');
    const pid = await mongodPid(dataDir);
    app.kill('SIGKILL');
    while (isAlive(pid)) await sleep(50);

    const successor = await start();
    expect(await readAll(successor.uri)).toEqual([]);
  });

  it('refuses to run in production', async () => {
    const before = process.env.NODE_ENV;
    process.env.NODE_ENV = 'production';
    try {
      await expect(start()).rejects.toMatchObject({ code: 'embedded_database_in_production' });
    } finally {
      process.env.NODE_ENV = before;
    }
  });
});

describe('launchMongod', () => {
  it('says that another process holds the folder', async () => {
    await start();
    const second = launchMongod({ binary, dbPath: join(dataDir, 'mongo'), port: await findFreePort() });
    await expect(second).rejects.toMatchObject({ code: 'folder_in_use' });
  });

  it('repeats what mongod complained about when it does not start', async () => {
    const dbPath = join(dataDir, 'absent');
    const launched = launchMongod({ binary, dbPath, port: await findFreePort() });
    await expect(launched).rejects.toMatchObject({
      code: 'mongod_start_failed',
      message: expect.stringContaining(dbPath),
    });
  });
});
