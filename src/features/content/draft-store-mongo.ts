import type { mongo } from 'mongoose';
import { createBreather } from '../../core/breather.js';
import { OperationalError } from '../../core/errors.js';
import type { Transaction } from '../../core/transaction-runner.js';
import type { Target } from '../../dialog/content-model.js';
import { databaseOf, type MongoConnection, type MongoDatabase } from '../../storage/mongo-connection.js';
import { insertMissing } from '../../storage/insert-missing.js';
import { sessionOf } from '../../storage/transactions-mongo.js';
import type { DraftHead, DraftItem, DraftRef, DraftStore, Editor, ItemPage } from './draft-store.js';
import {
  contentItemSchema,
  itemKey,
  titleOfItem,
  wordingFields,
  type ContentItem,
  type ItemKind,
  type ItemRef,
} from './items/content-item.js';

interface HeadDocument extends Omit<DraftHead, 'accountId'> {
  /** The account. */
  _id: string;
}

/** Values as plain JSON; `parent` and `title` lie beside them for the indexes. */
interface ItemDocument extends Omit<DraftItem, 'content' | 'previous'>, DraftRef {
  value: unknown;
  previous?: unknown;
  title: string;
  /** Of a node that is there: the node above it, or null on the first level. */
  parent?: string | null;
  number?: number;
}

const headsName = 'draft_heads';
const itemsName = 'draft_items';
/** Documents that are put into one command. More would hold up the event loop while they are encoded. */
const batchSize = 250;

export async function prepareDraftCollections(db: MongoDatabase): Promise<void> {
  await db.collection(itemsName).createIndexes([
    { key: { accountId: 1, generation: 1, kind: 1, id: 1 }, unique: true, name: 'item' },
    {
      key: { accountId: 1, generation: 1, parent: 1, number: 1 },
      name: 'tree',
      partialFilterExpression: { kind: 'node' },
    },
  ]);
  const present = await db.listCollections({ name: headsName }).toArray();
  // A transaction that has to make a collection locks out the others.
  if (present.length === 0) await db.createCollection(headsName);
}

/** Heads in `draft_heads`, items in `draft_items`. */
export class MongoDraftStore implements DraftStore {
  readonly #heads: mongo.Collection<HeadDocument>;
  readonly #items: mongo.Collection<ItemDocument>;

  constructor(connection: MongoConnection) {
    this.#heads = databaseOf(connection).collection(headsName);
    this.#items = databaseOf(connection).collection(itemsName);
  }

  async findHead(accountId: string, tx?: Transaction): Promise<DraftHead | null> {
    const found = await this.#heads.findOne({ _id: accountId }, within(tx));
    return found && toHead(found);
  }

  async prepare(ref: DraftRef, items: readonly DraftItem[]): Promise<void> {
    for (const batch of inBatches(items)) {
      await insertMissing(
        this.#items,
        batch.map((item) => toDocument(ref, item)),
      );
    }
  }

  async discard({ accountId, generation }: DraftRef): Promise<void> {
    await this.#items.deleteMany({ accountId, generation });
  }

  async begin(tx: Transaction, { accountId, ...head }: DraftHead): Promise<void> {
    await this.#heads.insertOne({ _id: accountId, ...head }, within(tx));
  }

  async advance(
    tx: Transaction,
    { accountId, revision, generation: before }: DraftHead,
    by: Editor,
    at: Date,
    generation = before,
  ): Promise<void> {
    const { matchedCount } = await this.#heads.updateOne(
      { _id: accountId, revision },
      {
        $inc: { revision: 1 },
        $set: { updatedBy: by, updatedAt: at, generation },
        $unset: { pending: '' },
      },
      within(tx),
    );
    if (matchedCount !== 1) throw new Error(`the draft of ${accountId} is not at revision ${revision}`);
  }

  async setPending(
    tx: Transaction,
    accountId: string,
    revision: number,
    submission: number,
  ): Promise<boolean> {
    const { matchedCount } = await this.#heads.updateOne(
      { _id: accountId, revision, pending: { $exists: false } },
      { $set: { pending: submission } },
      within(tx),
    );
    return matchedCount === 1;
  }

  async clearPending(tx: Transaction, accountId: string, submission: number): Promise<void> {
    await this.#heads.updateOne(
      { _id: accountId, pending: submission },
      { $unset: { pending: '' } },
      within(tx),
    );
  }

  async find(
    { accountId, generation }: DraftRef,
    { kind, id }: ItemRef,
    tx?: Transaction,
  ): Promise<DraftItem | null> {
    const found = await this.#items.findOne({ accountId, generation, kind, id }, within(tx));
    return found && toItem(found);
  }

  async findAll(
    { accountId, generation }: DraftRef,
    kind: ItemKind,
    ids: readonly string[],
  ): Promise<DraftItem[]> {
    const found = await this.#items
      .find({ accountId, generation, kind, id: { $in: [...ids] }, value: { $ne: null } })
      .toArray();
    return found.map(toItem);
  }

  async findRuleTo(
    { accountId, generation }: DraftRef,
    to: Target,
    tx?: Transaction,
  ): Promise<DraftItem | null> {
    const [[kind, id] = []] = Object.entries(to);
    const found = await this.#items.findOne(
      { accountId, generation, kind: 'rule', [`value.to.${kind}`]: id },
      { ...within(tx), sort: { id: 1 } },
    );
    return found && toItem(found);
  }

  async list(
    { accountId, generation }: DraftRef,
    kind: ItemKind,
    { limit, after, text }: { limit: number; after?: string; text?: string },
  ): Promise<ItemPage> {
    const found = await this.#items
      .find({
        accountId,
        generation,
        kind,
        value: { $ne: null },
        ...(after !== undefined && { id: { $gt: after } }),
        ...(text !== undefined && { $expr: occursInItem(kind, text) }),
      })
      .sort({ id: 1 })
      .limit(limit + 1)
      .toArray();
    const items = found.slice(0, limit).map(toItem);
    return { items, next: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  async listChildren(
    { accountId, generation }: DraftRef,
    parents: readonly (string | null)[],
    tx?: Transaction,
  ): Promise<DraftItem[]> {
    const found = await this.#items
      .find(
        { accountId, generation, kind: 'node', parent: { $in: [...parents] }, number: { $exists: true } },
        within(tx),
      )
      .sort({ parent: 1, number: 1 })
      .toArray();
    return found.map(toItem);
  }

  async countChildren(
    { accountId, generation }: DraftRef,
    parents: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    const counts = await this.#items
      .aggregate<{ _id: string; count: number }>([
        { $match: { accountId, generation, kind: 'node', parent: { $in: [...parents] } } },
        { $group: { _id: '$parent', count: { $sum: 1 } } },
      ])
      .toArray();
    return new Map(counts.map(({ _id, count }) => [_id, count]));
  }

  async *stream({ accountId, generation }: DraftRef): AsyncGenerator<DraftItem> {
    const breathe = createBreather();
    for await (const found of this.#items.find({ accountId, generation }, { batchSize })) {
      yield toItem(found);
      await breathe();
    }
  }

  async put(tx: Transaction, draft: DraftRef, items: readonly DraftItem[]): Promise<void> {
    const { accountId, generation } = draft;
    const fresh = items.filter(({ version }) => version === 1);
    const changed = items.filter(({ version }) => version > 1);
    for (const batch of inBatches(fresh)) {
      await this.#items.insertMany(
        batch.map((item) => toDocument(draft, item)),
        within(tx),
      );
    }
    for (const batch of inBatches(changed)) {
      await this.#items.bulkWrite(
        batch.map((item) => ({
          replaceOne: {
            filter: { accountId, generation, kind: item.kind, id: item.id },
            replacement: toDocument(draft, item),
          },
        })),
        within(tx),
      );
    }
  }
}

function within(tx?: Transaction): { session?: mongo.ClientSession } {
  return tx ? { session: sessionOf(tx) } : {};
}

function occursInItem(kind: ItemKind, text: string) {
  const inHead = [occursIn('$id', text), occursIn('$title', text)];
  if (kind !== 'rule') return { $or: inHead };
  const words = { $concatArrays: wordingFields.map((field) => ({ $ifNull: [`$value.${field}`, []] })) };
  const inWords = { $anyElementTrue: { $map: { input: words, in: occursIn('$$this', text) } } };
  return { $or: [...inHead, inWords] };
}

/** The text is data, never an operator or a pattern. */
function occursIn(field: string, text: string) {
  return { $gte: [{ $indexOfCP: [field, { $literal: text }] }, 0] };
}

function* inBatches<T>(items: readonly T[]): Generator<T[]> {
  for (let from = 0; from < items.length; from += batchSize) yield items.slice(from, from + batchSize);
}

function toHead({ _id, ...head }: HeadDocument): DraftHead {
  return { accountId: _id, ...head };
}

function toDocument(
  { accountId, generation }: DraftRef,
  { content, previous, ...item }: DraftItem,
): ItemDocument {
  return {
    accountId,
    generation,
    ...item,
    value: content?.value ?? null,
    ...(previous !== undefined && { previous: previous?.value ?? null }),
    title: content ? titleOfItem(content) : '',
    ...(content?.kind === 'node' && {
      parent: content.value.parent ?? null,
      number: content.value.number,
    }),
  };
}

function toItem(document: mongo.WithId<ItemDocument>): DraftItem {
  const { kind, id, version, updatedAt, updatedBy, editors, value, previous } = document;
  return {
    kind,
    id,
    content: parseValue(document, value),
    version,
    updatedAt,
    updatedBy,
    ...(previous !== undefined && { previous: parseValue(document, previous) }),
    editors,
  };
}

function parseValue(
  { accountId, kind, id }: ItemRef & { accountId: string },
  value: unknown,
): ContentItem | null {
  if (value === null) return null;
  const parsed = contentItemSchema.safeParse({ kind, id, value });
  if (parsed.success) return parsed.data;
  const key = itemKey({ kind, id });
  throw new OperationalError(
    'stored_content_unreadable',
    `${key} in the draft of ${accountId} fits no schema`,
    {
      details: { accountId, item: key },
    },
  );
}
