import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { FieldCipher } from '../../src/core/field-cipher.js';
import type { AnswerFitter, Reply } from '../../src/core/messages.js';
import type { SendOutcome } from '../../src/core/outbound-messenger.js';
import type { Form } from '../../src/dialog/forms/form-model.js';
import { compileRelease } from '../../src/dialog/release.js';
import { CitizenRegistry } from '../../src/features/citizens/citizen-registry.js';
import { ConversationRunner, type Place } from '../../src/features/conversations/conversation-runner.js';
import type {
  ConversationWatcher,
  OutboxWatcher,
} from '../../src/features/conversations/conversation-watcher.js';
import type { RequestHandlers } from '../../src/features/conversations/dialog-requests.js';
import { Conversations } from '../../src/features/conversations/conversations.js';
import { ExchangeSealer } from '../../src/features/conversations/exchange-sealer.js';
import { Journal } from '../../src/features/conversations/journal.js';
import { OutboxWorker } from '../../src/features/conversations/outbox-worker.js';
import { buildFieldCipher } from './builders.js';
import { buildContent } from './content-builder.js';
import { CitizenStoreFake } from './fakes/citizen-store-fake.js';
import { ExchangeStoreFake } from './fakes/exchange-store-fake.js';
import { OutboxStoreFake } from './fakes/outbox-store-fake.js';

export interface OpenOptions {
  /** Another node's, to share them. */
  journal?: ExchangeStoreFake;
  outbox?: OutboxStoreFake;
  /** Each append takes this long. */
  journalDelayMs?: number;
  databaseAway?: boolean;
  /** Forms that the program offers. */
  forms?: readonly Form[];
  cipher?: FieldCipher;
  messagesPerMinute?: number;
  /** The services that the dialog may ask. */
  requests?: RequestHandlers;
  deadlineMs?: number;
  patienceMs?: number;
  /** Every answer has this many parts. */
  partsOf?: number;
  /** What the platform says to each message sent; the last one is repeated. */
  outcomes?: SendOutcome[];
}

/** All nodes of a test read what any of them sealed. */
const sharedCipher = buildFieldCipher();

/** One node's conversations on fakes, with a clock that stands still until it is advanced. */
export function openConversations(options: OpenOptions = {}) {
  const outbox = options.outbox ?? new OutboxStoreFake();
  const journal = options.journal ?? new ExchangeStoreFake(outbox);
  const citizens = new CitizenStoreFake();
  const clock = new TestClock();
  const sent: { openid: string; reply: Reply }[] = [];
  const outcomes = [...(options.outcomes ?? [])];
  let away = options.databaseAway ?? false;

  const release = compileRelease({
    accountId: 'pingan-meizhou',
    number: 1,
    hash: 'h',
    content: buildContent(),
    forms: options.forms ?? [],
  });
  const currentRelease = () => release;
  const sealer = new ExchangeSealer(options.cipher ?? sharedCipher);
  const runner = new ConversationRunner({
    journal: new Journal(
      unreliable(journal, () => away, options.journalDelayMs ?? 0),
      {
        patienceMs: options.patienceMs ?? 50,
        tryMs: 500,
      },
    ),
    citizens: new CitizenRegistry(citizens),
    currentRelease,
    fitter: options.partsOf ? splitting(options.partsOf) : whole,
    sealer,
    requests: options.requests ?? new Map(),
    onRequestFailed: () => undefined,
    messagesPerMinute: options.messagesPerMinute ?? 0,
    clock,
    places: new LRUCache<string, Place>({ max: 100 }),
  });
  const worker = new OutboxWorker({
    store: outbox,
    messenger: {
      async send(_accountId, openid, reply) {
        const outcome = (outcomes.length > 1 ? outcomes.shift() : outcomes[0]) ?? { status: 'sent' };
        if (outcome.status === 'sent') sent.push({ openid, reply });
        return outcome;
      },
    },
    answerFor: (promise) => runner.runPromised(promise),
    clock,
    watcher: silentWatcher,
  });
  const conversations = new Conversations({
    runner,
    sealer,
    outbox: unreliable(outbox, () => away, 0),
    currentRelease,
    clock,
    watcher: silentWatcher,
    deadlineMs: options.deadlineMs ?? 1_000,
    promiseMs: 100,
    onPromiseDue: () => undefined,
  });
  const setDatabaseAway = (value: boolean) => (away = value);
  return { conversations, journal, outbox, citizens, worker, sent, clock, setDatabaseAway };
}

export class TestClock {
  #now = Date.parse('2026-11-22T01:00:00Z');
  now(): number {
    return this.#now;
  }
  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}

const whole: AnswerFitter = {
  fit: (_input, replies) => ({ now: replies[0] ?? null, later: replies.slice(1) }),
};

function splitting(parts: number): AnswerFitter {
  const [now, ...later] = Array.from({ length: parts }, (_, part): Reply => ({
    kind: 'text',
    text: `part ${part + 1}`,
  }));
  return { fit: () => ({ now: now ?? null, later }) };
}

/** A store whose every method fails while the database is away, and takes its time otherwise. */
function unreliable<Store extends object>(store: Store, isAway: () => boolean, delayMs: number): Store {
  return new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        if (isAway()) throw new Error('the database is away');
        if (delayMs > 0) await sleep(delayMs, undefined, { ref: false });
        return Reflect.apply(method, target, args) as unknown;
      };
    },
  });
}

const silentWatcher: ConversationWatcher & OutboxWatcher = {
  responded: () => undefined,
  answered: () => undefined,
  coalesced: () => undefined,
  failed: () => undefined,
  requestFailed: () => undefined,
  committed: () => undefined,
  retried: () => undefined,
  attempted: () => undefined,
  abandoned: () => undefined,
  outboxFailed: () => undefined,
};
