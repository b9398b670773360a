import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { mongo } from 'mongoose';
import { OperationalError } from '../../core/errors.js';
import type { FittedAnswer, Reply } from '../../core/messages.js';
import { isDuplicateKey } from '../../storage/duplicate-key.js';
import type { MongoDatabase } from '../../storage/mongo-connection.js';

/** An answer as an exchange holds it: what is said to many stands once in `said_replies`, under its digest. */
export interface StoredAnswer {
  now: Reply | { said: string } | null;
  later: Reply[];
}

interface SaidReply {
  /** Digest of the reply. */
  _id: string;
  reply: Reply;
}

/** Shorter than this, a reply costs no more than its digest. */
const minCharacters = 80;
/** Of digests, some 50 bytes each: those that this process knows to be stored. */
const knownDigests = 20_000;
/** Of replies that were looked up, for citizens who come back. */
const rememberedReplies = 1_000;

/**
 * What the account says to many, each once, so that an exchange need not repeat a page of a thousand bytes: measured,
 * that is a seventh of what a message costs the database. Never changed and never deleted: exchanges refer to it.
 */
export class SaidOnceStoreMongo {
  readonly #replies: mongo.Collection<SaidReply>;
  /** The same frozen object is said again and again; hashed once. */
  readonly #digests = new WeakMap<Reply, string>();
  readonly #stored = new LRUCache<string, true>({ max: knownDigests });
  readonly #found = new LRUCache<string, Reply>({ max: rememberedReplies });

  constructor(db: MongoDatabase) {
    this.#replies = db.collection<SaidReply>('said_replies');
  }

  /** The answers as their exchanges hold them; what they refer to is durable when this resolves. */
  async store(answers: readonly FittedAnswer[]): Promise<StoredAnswer[]> {
    const missing = new Map<string, Reply>();
    const stored = answers.map(({ now, later }): StoredAnswer => {
      const said = now && this.#digestOf(now);
      if (!now || !said) return { now, later };
      if (!this.#stored.has(said)) missing.set(said, now);
      return { now: { said }, later };
    });
    if (missing.size > 0) await this.#insert(missing);
    return stored;
  }

  /** @throws OperationalError `said_reply_missing` */
  async restore({ now, later }: StoredAnswer): Promise<FittedAnswer> {
    return { now: now && 'said' in now ? await this.#find(now.said) : now, later };
  }

  #digestOf(reply: Reply): string | null {
    if (reply.kind !== 'text' || reply.text.length < minCharacters || !Object.isFrozen(reply)) return null;
    let digest = this.#digests.get(reply);
    if (digest === undefined) {
      digest = createHash('sha256').update(reply.text).digest('base64url');
      this.#digests.set(reply, digest);
    }
    return digest;
  }

  async #insert(replies: ReadonlyMap<string, Reply>): Promise<void> {
    const documents = Array.from(replies, ([digest, reply]) => ({ _id: digest, reply }));
    try {
      await this.#replies.insertMany(documents, { ordered: false });
    } catch (error) {
      // Another node said it first; the unordered insert has tried all others.
      if (!isDuplicateKey(error)) throw error;
      const present = await this.#replies.countDocuments({ _id: { $in: [...replies.keys()] } });
      if (present < replies.size) throw error;
    }
    for (const digest of replies.keys()) this.#stored.set(digest, true);
  }

  async #find(digest: string): Promise<Reply> {
    const remembered = this.#found.get(digest);
    if (remembered) return remembered;
    const found = await this.#replies.findOne({ _id: digest });
    if (!found) throw new OperationalError('said_reply_missing', `no reply is stored under ${digest}`);
    this.#found.set(digest, found.reply);
    return found.reply;
  }
}
