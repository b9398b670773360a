import type { Exchange } from './exchange.js';
import type { Remainder } from './outbox.js';

/** `duplicate`: an exchange with the same key or the same seq exists; nothing was written for this one. */
export type AppendOutcome = 'appended' | 'duplicate';

/** The journal's storage. Every write is durable (majority, journaled) before it resolves. */
export interface ExchangeStore {
  findNewest(accountId: string, openid: string): Promise<Exchange | null>;
  findByKey(accountId: string, openid: string, key: string): Promise<Exchange | null>;
  /** Appends each exchange on its own: one that collides does not hinder the others. */
  appendMany(exchanges: readonly Exchange[]): Promise<readonly AppendOutcome[]>;
  /** Appends an exchange together with what is still to be sent for it, both or neither. */
  appendWithRemainder(exchange: Exchange, remainder: Remainder): Promise<AppendOutcome>;
}
