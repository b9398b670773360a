import { isDeepStrictEqual } from 'node:util';
import { mongo } from 'mongoose';
import type { Reply } from '../../src/core/messages.js';
import type { Citizen } from '../../src/features/citizens/citizen.js';
import type { Exchange } from '../../src/features/conversations/exchange.js';
import type { StoredAnswer } from '../../src/features/conversations/said-once-store-mongo.js';
import type { DutyAlert } from '../../src/features/duty/duty-alert.js';
import type { OutboxEntry } from '../../src/features/conversations/outbox.js';
import { findAnnouncedDatabase } from '../../src/storage/embedded/announce-database.js';
import type { PlatformMessage } from '../support/platform-sender.js';

/** What the product has stored, read past the product. */
export class StoredRecords {
  readonly uri: string;
  readonly #client: mongo.MongoClient;

  constructor(uri: string) {
    this.uri = uri;
    this.#client = new mongo.MongoClient(uri, { serverSelectionTimeoutMS: 60_000 });
  }

  /** The embedded database of the product that runs on `dataDir`. */
  static async ofEmbedded(dataDir: string): Promise<StoredRecords> {
    const uri = await findAnnouncedDatabase(dataDir);
    if (uri === undefined) throw new Error(`no product runs on ${dataDir}`);
    return new StoredRecords(uri);
  }

  get client(): mongo.MongoClient {
    return this.#client;
  }

  get outbox(): mongo.Collection<OutboxEntry> {
    return this.#client.db().collection<OutboxEntry>('outbox');
  }

  dutyAlerts(openid: string): Promise<DutyAlert[]> {
    return this.#client.db().collection<DutyAlert>('duty_alerts').find({ openid }).toArray();
  }

  /** All exchanges, or one citizen's; each citizen's in their order, with what was said put back. */
  async exchanges(openid?: string): Promise<Exchange[]> {
    const db = this.#client.db();
    const said = new Map<string, Reply>();
    for (const { _id, reply } of await db
      .collection<{ _id: string; reply: Reply }>('said_replies')
      .find()
      .toArray())
      said.set(_id, reply);
    const stored = await db
      .collection<Omit<Exchange, 'answer'> & { answer: StoredAnswer }>('exchanges')
      .find(openid === undefined ? {} : { openid })
      .sort({ openid: 1, seq: 1 })
      .toArray();
    return stored.map(({ answer: { now, later }, ...exchange }) => ({
      ...exchange,
      answer: { now: now && 'said' in now ? (said.get(now.said) ?? null) : now, later },
    }));
  }

  /** The keys of messages to which the platform was told `success`, because the answer was to follow. */
  async promisedKeys(): Promise<Set<string>> {
    const promises = await this.outbox.find({ kind: 'promise' }).toArray();
    return new Set(promises.map(({ key }) => key));
  }

  /** @throws Error when nobody of that name is known */
  async citizen(openid: string): Promise<Citizen> {
    const citizen = await this.#client.db().collection<Citizen>('citizens').findOne({ openid });
    if (!citizen) throw new Error('no such citizen');
    return citizen;
  }

  async close(): Promise<void> {
    await this.#client.close();
  }
}

export interface Acknowledged {
  message: PlatformMessage;
  reply: Reply | null;
}

/**
 * What is wrong with the journal: an acknowledged message that it does not hold exactly once with the answer that
 * was given or promised, or a citizen whose exchanges are not numbered 1, 2, 3 …
 */
export async function findJournalFaults(
  records: StoredRecords,
  acknowledged: readonly Acknowledged[],
): Promise<string[]> {
  const exchanges = await records.exchanges();
  const promised = await records.promisedKeys();
  const byKey = groupBy(exchanges, ({ openid, key }) => `${openid} ${key}`);
  const byCitizen = groupBy(exchanges, ({ openid }) => openid);
  return [
    ...acknowledged.flatMap(({ message: { openid, key }, reply }) => {
      const [stored, ...more] = byKey.get(`${openid} ${key}`) ?? [];
      if (!stored) return [`lost: ${key}`];
      if (more.length > 0) return [`stored twice: ${key}`];
      const isKept = reply === null && promised.has(key);
      return isKept || isDeepStrictEqual(stored.answer.now, reply) ? [] : [`another answer: ${key}`];
    }),
    ...[...byCitizen].flatMap(([openid, own]) => {
      const numbers = own.map(({ seq }) => seq).sort((one, other) => one - other);
      return numbers.every((seq, index) => seq === index + 1) ? [] : [`${openid}: ${numbers.join()}`];
    }),
  ];
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
