import { OperationalError } from '../../core/errors.js';
import type { Clock } from '../../core/clock.js';
import type { Reply } from '../../core/messages.js';
import type { DataSubject, Erased, OwnDataPart, OwnRecord } from '../compliance/own-data-part.js';
import type { Exchange } from './exchange.js';
import { wordsOf, type ExchangeSealer } from './exchange-sealer.js';
import type { OwnChatStore } from './own-chat-store.js';

export interface OwnChatParts {
  store: OwnChatStore;
  sealer: ExchangeSealer;
  clock: Clock;
  newId: () => string;
}

const batchSize = 500;
/** Marks the exchange that an erasure leaves behind. */
const erasureKey = 'erasure:';
const mostRaces = 20;

/** A citizen's chat records. */
export class OwnChat implements OwnDataPart {
  readonly name = 'chat';
  readonly #parts: OwnChatParts;

  constructor(parts: OwnChatParts) {
    this.#parts = parts;
  }

  async *copy(citizen: DataSubject): AsyncIterable<OwnRecord> {
    let last = 0;
    for (;;) {
      const exchanges = await this.#parts.store.list(citizen, last, batchSize);
      for (const exchange of exchanges) if (!isMarker(exchange)) yield this.#describe(exchange);
      last = exchanges.at(-1)?.seq ?? last;
      if (exchanges.length < batchSize) return;
    }
  }

  /**
   * The newest exchange is the citizen's place in the dialog, which nodes remember. So an empty one is put behind it:
   * whichever node writes next with an older place collides, reads this one, and has forgotten the rest.
   */
  async eraseMany(citizen: DataSubject): Promise<Erased> {
    const { store } = this.#parts;
    const marker = await this.#mark(citizen);
    let deleted = await store.removeOutbox(citizen);
    for (;;) {
      const batch = marker === null ? 0 : await store.removeBefore(citizen, marker, batchSize);
      deleted += batch;
      if (batch < batchSize) break;
    }
    return { deleted, anonymised: 0, kept: [] };
  }

  /** @returns the place of the empty exchange; null: there is nothing to erase. */
  async #mark(citizen: DataSubject): Promise<number | null> {
    const { store, clock, newId } = this.#parts;
    for (let race = 0; race < mostRaces; race += 1) {
      const newest = await store.findNewest(citizen);
      if (!newest) return null;
      if (isMarker(newest)) return newest.seq;
      const { release, expiresAt } = newest;
      const at = new Date(clock.now());
      const seq = newest.seq + 1;
      const added = await store.append({
        accountId: citizen.accountId,
        openid: citizen.openid,
        key: `${erasureKey}${newId()}`,
        seq,
        inbound: { input: { kind: 'notification', name: 'erasure' }, sentAt: at },
        answer: { now: null, later: [] },
        decidedBy: { step: 'silent' },
        stateAfter: { frame: null },
        release,
        at,
        expiresAt,
      });
      if (added) return seq;
    }
    throw new OperationalError('too_many_races', 'the citizen goes on writing while the chat is erased');
  }

  #describe({ accountId, openid, inbound, answer, at, expiresAt }: Exchange): OwnRecord {
    const { input } = inbound;
    const opened = this.#parts.sealer.openInput({ accountId, openid }, input);
    return {
      at: at.toISOString(),
      kind: input.kind === 'sealed' ? input.was : input.kind,
      said: opened && wordsOf(opened) !== '' ? wordsOf(opened) : null,
      sent: opened && detailsOf(opened),
      answers: [answer.now, ...answer.later].flatMap((reply) => (reply ? [describeReply(reply)] : [])),
      deletedOn: expiresAt.toISOString(),
    };
  }
}

function isMarker({ key }: Pick<Exchange, 'key'>): boolean {
  return key.startsWith(erasureKey);
}

/** What came in beside words: a picture, a place. */
function detailsOf({ kind: _kind, ...details }: object & { kind: string }): OwnRecord | null {
  const known = Object.entries(details).filter(
    (entry): entry is [string, string | number] =>
      typeof entry[1] === 'string' || typeof entry[1] === 'number',
  );
  const rest = known.filter(([name]) => name !== 'text' && name !== 'recognition');
  return rest.length === 0 ? null : Object.fromEntries(rest);
}

function describeReply(reply: Reply): OwnRecord {
  if (reply.kind === 'articles')
    return { kind: reply.kind, articles: reply.articles.map((article) => ({ ...article })) };
  return { ...reply };
}
