import type { mongo } from 'mongoose';
import { createBreather } from '../../core/breather.js';
import { insertMissing } from '../../storage/insert-missing.js';
import { databaseOf, type MongoConnection, type MongoDatabase } from '../../storage/mongo-connection.js';
import type { FrozenContentStore } from './frozen-content-store.js';
import type { FrozenContent } from './items/frozen-content.js';

/** Some of the lines, ended by line feeds, as one text: much faster to encode and to decode than documents. */
interface PartDocument {
  accountId: string;
  hash: string;
  /** 0, 1, 2 … in the order of the lines. */
  part: number;
  text: string;
}

const partsName = 'frozen_contents';
/** In UTF-16 units. A part is one slice of work, and far below MongoDB's 16 MB. */
const partSize = 128 * 1_024;
/** Parts that are written with one command. */
const batchSize = 8;

export async function prepareFrozenContents(db: MongoDatabase): Promise<void> {
  await db
    .collection(partsName)
    .createIndex({ accountId: 1, hash: 1, part: 1 }, { unique: true, name: 'part' });
}

/** Frozen content in `frozen_contents`, cut into parts, so that its size has no limit of MongoDB's. */
export class FrozenContentStoreMongo implements FrozenContentStore {
  readonly #db: MongoDatabase;

  constructor(connection: MongoConnection) {
    this.#db = databaseOf(connection);
  }

  keep(accountId: string, frozen: FrozenContent): Promise<void> {
    return insertFrozen(this.#db, accountId, frozen);
  }

  async findLines(accountId: string, hash: string): Promise<string[] | null> {
    const breathe = createBreather();
    const lines: string[] = [];
    for await (const { text } of partsOf(this.#db)
      .find({ accountId, hash }, { batchSize })
      .sort({ part: 1 })) {
      for (const line of text.split('\n')) if (line !== '') lines.push(line);
      await breathe();
    }
    return lines.length > 0 ? lines : null;
  }
}

/** Writes what is not there yet; the migration of earlier releases does so too. */
export async function insertFrozen(
  db: MongoDatabase,
  accountId: string,
  { hash, lines }: FrozenContent,
): Promise<void> {
  const texts = joinLines(lines);
  for (let from = 0; from < texts.length; from += batchSize) {
    const batch = texts.slice(from, from + batchSize);
    // The same hash is the same text: what is there already is right.
    await insertMissing(
      partsOf(db),
      batch.map((text, index) => ({ accountId, hash, part: from + index, text })),
    );
  }
}

function partsOf(db: MongoDatabase): mongo.Collection<PartDocument> {
  return db.collection(partsName);
}

/** Cut in the same way every time. */
function joinLines(lines: readonly string[]): string[] {
  const texts: string[] = [];
  let text = '';
  for (const line of lines) {
    text += `${line}\n`;
    if (text.length < partSize) continue;
    texts.push(text);
    text = '';
  }
  return text === '' ? texts : [...texts, text];
}
