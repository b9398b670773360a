import type { LRUCache } from 'lru-cache';
import type { Clock } from '../../core/clock.js';
import { OperationalError } from '../../core/errors.js';
import type { AnswerFitter, CitizenMessage, FittedAnswer } from '../../core/messages.js';
import { initialState, type DialogState } from '../../dialog/dialog-state.js';
import type { Release } from '../../dialog/release.js';
import { flagInbound, type InboundFlag } from '../../dialog/sensitive/screen.js';
import { isAsking } from '../../dialog/request.js';
import { stepDialog, type Decision } from '../../dialog/step-dialog.js';
import type { CitizenRegistry } from '../citizens/citizen-registry.js';
import { settleStep, type RequestHandlers } from './dialog-requests.js';
import type { Exchange } from './exchange.js';
import type { ExchangeSealer } from './exchange-sealer.js';
import type { Journal } from './journal.js';
import type { Promised, Remainder } from './outbox.js';

/** Where a citizen stands: what matters of the newest exchange, kept in memory to save the read. */
export interface Place {
  seq: number;
  state: DialogState;
  /** The newest message that was answered, for a re-send of it; null: there is none yet. */
  newest: (Answered & { key: string }) | null;
}

export interface Answered {
  answer: FittedAnswer;
  step: Decision['step'];
}

export interface RunResult extends Answered {
  /** The message had been answered before; this is that answer. */
  repeated: boolean;
  /** What staff should look at in a message that was answered just now. */
  flags?: readonly InboundFlag[];
}

export interface ConversationRunnerParts {
  journal: Journal;
  citizens: CitizenRegistry;
  /** The release that is live for the account, if any. */
  currentRelease: (accountId: string) => Release | undefined;
  fitter: AnswerFitter;
  sealer: ExchangeSealer;
  /** The services that the dialog may ask. */
  requests: RequestHandlers;
  onRequestFailed: (request: string, error: unknown) => void;
  /** Messages of one citizen that are answered within a minute; 0: all. */
  messagesPerMinute: number;
  clock: Clock;
  /** May be stale (another node was faster): a stale place collides on `seq` and is read anew. */
  places: LRUCache<string, Place>;
}

/** Node against node, the loser of a race runs again; more losses in a row than this mean a fault. */
const maxRaces = 20;
const millisecondsPerDay = 86_400_000;
/** The remainder must not overtake the response that carries the first part. */
const remainderDelayMs = 1_500;

/**
 * Answers messages, each exactly once: read the place, step the dialog, commit the exchange. Messages of one
 * citizen run one after another; two nodes that run at once are put in order by the journal's unique indexes.
 */
export class ConversationRunner {
  readonly #parts: ConversationRunnerParts;
  /** The last message under way of each citizen. */
  readonly #tails = new Map<string, Promise<unknown>>();

  constructor(parts: ConversationRunnerParts) {
    this.#parts = parts;
  }

  /**
   * Runs the message, or finds the exchange that it already became.
   * @throws OperationalError `no_release` · `journal_unavailable` · `too_many_races`
   */
  run(message: CitizenMessage): Promise<RunResult> {
    const citizen = citizenKey(message);
    const before = this.#tails.get(citizen);
    const mine = before ? before.then(() => this.#answer(citizen, message)) : this.#answer(citizen, message);
    const settled = mine.catch(() => undefined);
    this.#tails.set(citizen, settled);
    void settled.then(() => {
      if (this.#tails.get(citizen) === settled) this.#tails.delete(citizen);
    });
    return mine;
  }

  /**
   * The answer to a promised message: found in the journal, or made now. Null: there is none, and the message
   * cannot be read any more because its key is lost.
   * @throws as `run`
   */
  async runPromised(promise: Promised): Promise<FittedAnswer | null> {
    const { journal, sealer } = this.#parts;
    const message = sealer.openMessage(promise, promise.sealed);
    if (message) return (await this.run(message)).answer;
    const stored = await journal.findByKey(promise.accountId, promise.openid, promise.key);
    return stored && stored.answer;
  }

  async #answer(citizen: string, message: CitizenMessage): Promise<RunResult> {
    const { journal, places, citizens } = this.#parts;
    await citizens.recordSubscription(message);
    for (let race = 0; race < maxRaces; race += 1) {
      const place = places.get(citizen) ?? (await this.#readPlace(message));
      if (place.newest?.key === message.key) return { ...place.newest, repeated: true };

      const { exchange, state } = await this.#step(place, message);
      const outcome = await journal.append(exchange, remainderOf(exchange));
      if (outcome === 'appended') {
        places.set(citizen, placeAfter(exchange, state));
        return { ...answeredBy(exchange), repeated: false, flags: exchange.flags ?? [] };
      }
      places.delete(citizen);
      const stored = await journal.findByKey(message.accountId, message.openid, message.key);
      if (stored) return { ...answeredBy(stored), repeated: true };
    }
    throw new OperationalError('too_many_races', 'other nodes kept winning the race for a sequence number');
  }

  async #readPlace(message: CitizenMessage): Promise<Place> {
    const { journal, citizens } = this.#parts;
    const newest = await journal.findNewest(message.accountId, message.openid);
    if (newest) return placeAfter(newest, this.#parts.sealer.openState(message, newest.stateAfter));
    await citizens.recordContact(message.accountId, message.openid, new Date(message.sentAt));
    return { seq: 0, state: initialState, newest: null };
  }

  async #step(place: Place, message: CitizenMessage): Promise<{ exchange: Exchange; state: DialogState }> {
    const { requests, onRequestFailed, sealer, messagesPerMinute } = this.#parts;
    const release = this.#parts.currentRelease(message.accountId);
    if (!release) throw new OperationalError('no_release', `nothing is published for ${message.accountId}`);
    const now = this.#parts.clock.now();
    const step = stepDialog(release, place.state, message.input, now, { messagesPerMinute });
    const turn = isAsking(step) ? await settleStep(step, message, requests, onRequestFailed) : step;
    const flags = turn.isPrivate ? [] : flagInbound(release, message.input);
    const exchange: Exchange = {
      accountId: message.accountId,
      openid: message.openid,
      key: message.key,
      seq: place.seq + 1,
      inbound: {
        input: sealer.sealInput(message, message.input, turn.isPrivate === true),
        sentAt: new Date(message.sentAt),
        ...(message.input.kind === 'notification' && { raw: message.raw }),
      },
      answer: this.#parts.fitter.fit(message.input, turn.replies),
      decidedBy: turn.decision,
      ...(flags.length > 0 && { flags }),
      stateAfter: sealer.sealState(message, turn.state),
      release: release.number,
      at: new Date(now),
      expiresAt: new Date(now + release.content.settings.chatRecordDays * millisecondsPerDay),
    };
    return { exchange, state: turn.state };
  }
}

function placeAfter(exchange: Exchange, state: DialogState): Place {
  const { seq, key } = exchange;
  return { seq, state, newest: { key, ...answeredBy(exchange) } };
}

function answeredBy({ answer, decidedBy }: Exchange): Answered {
  return { answer, step: decidedBy.step };
}

export function citizenKey(message: { accountId: string; openid: string }): string {
  return `${message.accountId} ${message.openid}`;
}

function remainderOf(exchange: Exchange): Remainder | null {
  if (exchange.answer.later.length === 0) return null;
  return {
    kind: 'remainder',
    accountId: exchange.accountId,
    openid: exchange.openid,
    key: exchange.key,
    replies: exchange.answer.later,
    createdAt: exchange.at,
    notBefore: new Date(exchange.at.getTime() + remainderDelayMs),
  };
}
