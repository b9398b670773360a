import type { mongo } from 'mongoose';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { AskedReader, AskedText } from './asked-reader.js';
import type { Exchange } from './exchange.js';
import { wordsOf, type ExchangeSealer } from './exchange-sealer.js';

type Asked = Pick<Exchange, 'accountId' | 'openid' | 'inbound' | 'expiresAt'>;

/** How the dialog finds an answer by words. */
const byWords: Exchange['decidedBy']['step'][] = ['whole', 'contains', 'pattern', 'several', 'search'];

export class AskedExchangeStoreMongo implements AskedReader {
  readonly #exchanges: mongo.Collection<Exchange>;
  readonly #sealer: ExchangeSealer;

  constructor(connection: MongoConnection, sealer: ExchangeSealer) {
    this.#exchanges = databaseOf(connection).collection<Exchange>('exchanges');
    this.#sealer = sealer;
  }

  async findAsked(accountId: string, openid: string, answeredAt: Date): Promise<AskedText | null> {
    const found = await this.#exchanges.findOne<Asked>(
      { accountId, openid, at: answeredAt, 'decidedBy.step': { $in: byWords } },
      // The latest first: what is judged was answered a moment ago.
      { sort: { seq: -1 }, projection: { _id: 0, accountId: 1, openid: 1, inbound: 1, expiresAt: 1 } },
    );
    const input = found && this.#sealer.openInput(found, found.inbound.input);
    const text = input ? wordsOf(input) : '';
    return found && text !== '' ? { text, expiresAt: found.expiresAt } : null;
  }
}
