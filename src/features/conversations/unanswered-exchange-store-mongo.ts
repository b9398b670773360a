import { mongo } from 'mongoose';
import type { Target } from '../../dialog/content-model.js';
import type { ShownChoice } from '../../dialog/dialog-state.js';
import type { Migration } from '../../storage/migrations.js';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { Exchange } from './exchange.js';
import { wordsOf, type ExchangeSealer } from './exchange-sealer.js';
import {
  committedWithinMs,
  type JournalPosition,
  type UnansweredPage,
  type UnansweredReader,
  type UnansweredStream,
  type UnansweredText,
} from './unanswered-reader.js';

const collectionName = 'exchanges';

/** Partial: an exchange that was answered costs nothing here. */
export const unansweredMigration: Migration = {
  id: 'exchanges-2-unanswered',
  async up(db) {
    await db.collection(collectionName).createIndexes([
      {
        key: { at: 1, _id: 1 },
        partialFilterExpression: { 'decidedBy.step': 'fallback' },
        name: 'fallback',
      },
      {
        key: { 'stateAfter.frame.until': 1, _id: 1 },
        partialFilterExpression: { 'decidedBy.step': 'suggest' },
        name: 'suggest',
      },
    ]);
  },
};

/** What is read of an exchange. */
type Asked = Pick<
  Exchange,
  'accountId' | 'openid' | 'seq' | 'inbound' | 'decidedBy' | 'stateAfter' | 'at' | 'expiresAt'
>;

const askedFields = {
  accountId: 1,
  openid: 1,
  seq: 1,
  inbound: 1,
  decidedBy: 1,
  stateAfter: 1,
  at: 1,
  expiresAt: 1,
} as const;

export class UnansweredExchangeStoreMongo implements UnansweredReader {
  readonly #exchanges: mongo.Collection<Asked>;
  readonly #sealer: ExchangeSealer;

  constructor(connection: MongoConnection, sealer: ExchangeSealer) {
    this.#sealer = sealer;
    this.#exchanges = databaseOf(connection).collection<Asked>(collectionName);
  }

  async readAfter(
    stream: UnansweredStream,
    position: JournalPosition,
    now: number,
    limit: number,
  ): Promise<UnansweredPage> {
    const exchanges = await this.#find(stream, position, now - committedWithinMs, limit);
    const last = exchanges.at(-1);
    if (!last) return { texts: [], position: null };
    const unanswered = stream === 'fallback' ? exchanges : await this.#withoutChosen(exchanges);
    const before = await this.#findPlacesBefore(unanswered);
    return {
      texts: unanswered.flatMap((exchange) => {
        const standing = standingIn(before.get(nameOf(exchange, exchange.seq)), exchange.at);
        return this.#toUnanswered(stream, exchange, standing);
      }),
      position: { at: placeIn(stream, last), id: last._id.toHexString() },
    };
  }

  #find(stream: UnansweredStream, { at, id }: JournalPosition, until: number, limit: number) {
    // In `fallback` the place is the Date of the exchange, in `suggest` a number within its state.
    const place = (ms: number) => (stream === 'fallback' ? new Date(ms) : ms);
    const field = stream === 'fallback' ? 'at' : 'stateAfter.frame.until';
    return this.#exchanges
      .find(
        {
          'decidedBy.step': stream,
          $or: [
            { [field]: { $gt: place(at), $lte: place(until) } },
            { [field]: place(at), _id: { $gt: new mongo.ObjectId(id) } },
          ],
        },
        { hint: stream, sort: { [field]: 1, _id: 1 }, limit, projection: askedFields },
      )
      .toArray();
  }

  /** Those whose citizen did not go on to choose from the list. */
  async #withoutChosen(exchanges: readonly mongo.WithId<Asked>[]): Promise<mongo.WithId<Asked>[]> {
    const next = await this.#exchanges
      .find(
        { $or: exchanges.map(({ accountId, openid, seq }) => ({ accountId, openid, seq: seq + 1 })) },
        { projection: { _id: 0, accountId: 1, openid: 1, seq: 1, decidedBy: 1 } },
      )
      .toArray();
    const chosen = new Set(next.filter(isChoice).map(({ seq, ...citizen }) => nameOf(citizen, seq - 1)));
    return exchanges.filter((exchange) => !chosen.has(nameOf(exchange, exchange.seq)));
  }

  /** Where each citizen stood when this was asked: an answer that was none has led them back to the main menu. */
  async #findPlacesBefore(exchanges: readonly Asked[]): Promise<ReadonlyMap<string, Asked['stateAfter']>> {
    const asked = exchanges.filter(({ seq }) => seq > 1);
    if (asked.length === 0) return new Map();
    const found = await this.#exchanges
      .find(
        { $or: asked.map(({ accountId, openid, seq }) => ({ accountId, openid, seq: seq - 1 })) },
        { projection: { _id: 0, accountId: 1, openid: 1, seq: 1, stateAfter: 1 } },
      )
      .toArray();
    return new Map(found.map(({ seq, stateAfter, ...citizen }) => [nameOf(citizen, seq + 1), stateAfter]));
  }

  #toUnanswered(stream: UnansweredStream, exchange: Asked, standing: string | null): UnansweredText[] {
    const { accountId, openid, inbound, stateAfter, at, expiresAt } = exchange;
    const input = this.#sealer.openInput(exchange, inbound.input);
    const text = input ? wordsOf(input) : '';
    if (text === '') return [];
    const offered = stream === 'suggest' ? offeredIn(stateAfter) : [];
    return [{ accountId, openid, text, at, offered, standing, expiresAt }];
  }
}

/** A number that was on the list opened something; one that was not only shows the list again. */
function isChoice({ decidedBy: { step, node, reply, form } }: Pick<Asked, 'decidedBy'>): boolean {
  return step === 'frame' && (node ?? reply ?? form) !== undefined;
}

function nameOf({ accountId, openid }: { accountId: string; openid: string }, seq: number): string {
  return `${accountId} ${openid} ${seq}`;
}

/** The end of the path in a state, if it was still valid then. */
function standingIn(before: Asked['stateAfter'] | undefined, at: Date): string | null {
  const frame = before?.frame;
  if (!frame || frame.until <= at.getTime()) return null;
  const menu = frame.kind === 'menu' ? frame : frame.back;
  return menu?.path.at(-1) ?? null;
}

function placeIn(stream: UnansweredStream, { at, stateAfter }: Asked): number {
  return stream === 'fallback' ? at.getTime() : (stateAfter.frame?.until ?? 0);
}

function offeredIn({ frame }: Asked['stateAfter']): Target[] {
  return frame?.kind === 'menu' ? frame.shown.map(toTarget) : [];
}

function toTarget(choice: ShownChoice): Target {
  if ('node' in choice) return { node: choice.node };
  return 'reply' in choice ? { reply: choice.reply } : { form: choice.form };
}
