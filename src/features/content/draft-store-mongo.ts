import { Schema } from 'mongoose';
import { isDuplicateKey } from '../../storage/duplicate-key.js';
import type { MongoConnection } from '../../storage/mongo-connection.js';
import type { Draft, DraftStore } from './draft-store.js';
import { parseStoredContent } from './parse-stored-content.js';

interface DraftDocument extends Omit<Draft, 'accountId' | 'content'> {
  /** The account. */
  _id: string;
  content: unknown;
}

const required = true;

const draftSchema = new Schema<DraftDocument>(
  {
    _id: { type: String, required },
    content: { type: Schema.Types.Mixed, required },
    hash: { type: String, required },
    revision: { type: Number, required },
    updatedAt: { type: Date, required },
    updatedBy: { type: String, required },
  },
  { collection: 'drafts', minimize: false, strict: 'throw', versionKey: false },
);

export class MongoDraftStore implements DraftStore {
  readonly #drafts: ReturnType<typeof compileModel>;

  constructor(connection: MongoConnection) {
    this.#drafts = compileModel(connection);
  }

  async find(accountId: string): Promise<Draft | null> {
    const found = await this.#drafts.findById(accountId).lean();
    if (!found) return null;
    const { _id, content, ...rest } = found;
    return { ...rest, accountId: _id, content: await parseStoredContent(accountId, content) };
  }

  async save({ accountId, ...draft }: Omit<Draft, 'revision'>, baseRevision: number): Promise<number | null> {
    const revision = baseRevision + 1;
    if (baseRevision === 0) {
      try {
        await this.#drafts.create({ _id: accountId, ...draft, revision });
        return revision;
      } catch (error) {
        if (isDuplicateKey(error)) return null;
        throw error;
      }
    }
    const { matchedCount } = await this.#drafts.updateOne(
      { _id: accountId, revision: baseRevision },
      { $set: { ...draft, revision } },
    );
    return matchedCount === 1 ? revision : null;
  }
}

function compileModel(connection: MongoConnection) {
  return connection.model('Draft', draftSchema, undefined, { overwriteModels: true });
}
