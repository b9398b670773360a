import { BackgroundLoop } from '../../core/background-loop.js';
import { createBreather } from '../../core/breather.js';
import { businessDay } from '../../core/business-day.js';
import type { Clock } from '../../core/clock.js';
import type { Target } from '../../dialog/content-model.js';
import { normaliseText } from '../../text/normalise.js';
import {
  journalBeginning,
  unansweredStreams,
  type UnansweredReader,
  type UnansweredStream,
  type UnansweredText,
} from '../conversations/unanswered-reader.js';
import type { InsightsWatcher } from './insights-watcher.js';
import { alike, likenessOf, type Likeness } from './likeness.js';
import { askerDigest, shortDigest } from './short-digest.js';
import { putPlaceholders } from './personal-placeholders.js';
import type { StandingTally, UnansweredStore, WordingTally } from './unanswered-store.js';

export interface UnansweredCollectorParts {
  reader: UnansweredReader;
  store: UnansweredStore;
  likeness: Likeness;
  /** What the content holds that comes nearest to a question that nothing was offered for; best first. */
  findNearest: (accountId: string, text: string) => readonly Target[];
  clock: Clock;
  watcher: Pick<InsightsWatcher, 'collected' | 'collectFailed'>;
  /** This collector among all that run, on all nodes. */
  owner: string;
  /** How long others wait for a collector that fell silent, in milliseconds; for tests. */
  leaseMs?: number;
}

/** The list is for people who look at it a few times a day. */
const pollMs = 5_000;
/** A page takes a fraction of a second; a collector that dies holds up the others for so long. */
const usualLeaseMs = 30_000;
const pageSize = 200;
/** Nobody reads a longer question in a list; the beginning says what it is about. */
const longestText = 200;
const mostCandidates = 20;

/**
 * Gathers what citizens asked in vain from the journal into groups of like questions, behind the messages and never
 * in their way. Any number of collectors may run: one works at a time, and what it counts moves together with how
 * far it has read, so that each message counts once whatever dies when.
 */
export class UnansweredCollector {
  readonly #parts: UnansweredCollectorParts;
  readonly #loop: BackgroundLoop;

  constructor(parts: UnansweredCollectorParts) {
    this.#parts = parts;
    this.#loop = new BackgroundLoop({
      work: (signal) => this.collect(signal),
      pauseMs: pollMs,
      onFailure: (error) => parts.watcher.collectFailed(error),
    });
  }

  start(): void {
    this.#loop.start();
  }

  /** Lets the page under way end, gives up the lease, then stops. */
  async stop(): Promise<void> {
    if (!this.#loop.isRunning) return;
    await this.#loop.stop();
    // Without a database the lease ends by itself.
    await this.#parts.store.endLease(this.#parts.owner).catch(() => undefined);
  }

  /** Counts everything that can be counted now. @returns how many messages; 0 too where another collector works. */
  async collect(signal?: AbortSignal): Promise<number> {
    let messages = 0;
    for (const stream of unansweredStreams) {
      while (!signal?.aborted) {
        const counted = await this.#collectPage(stream);
        if (counted === null) break;
        messages += counted;
      }
    }
    return messages;
  }

  /** @returns how many messages it counted; null: there is nothing to do, or somebody else does it. */
  async #collectPage(stream: UnansweredStream): Promise<number | null> {
    const { reader, store, clock, watcher, owner, leaseMs = usualLeaseMs } = this.#parts;
    if (!(await store.takeLease(owner, leaseMs))) return null;
    const from = await store.findPosition(stream, journalBeginning);
    const { texts, position } = await reader.readAfter(stream, from, clock.now(), pageSize);
    if (position === null) return null;
    const tallies = await this.#assign(tally(texts, this.#parts.likeness));
    const progress = { stream, from, to: position };
    if (!(await store.record(progress, tallies, tallyStandings(texts)))) return null;
    watcher.collected(stream, texts.length);
    return texts.length;
  }

  /** Gives each wording its group: the one that it has, the one that is most alike, or a new one. */
  async #assign(wordings: readonly Tallied[]): Promise<WordingTally[]> {
    const { store, likeness, findNearest } = this.#parts;
    const breathe = createBreather();
    const begun: Group[] = [];
    const assigned: WordingTally[] = [];
    for (const accountId of new Set(wordings.map((wording) => wording.accountId))) {
      const own = wordings.filter((wording) => wording.accountId === accountId);
      const forms = own.map(({ form }) => form);
      const known = await store.findGroupsOf(accountId, forms);
      for (const { openids, offered, ...wording } of own) {
        const terms = likeness.termsOf(wording.form);
        const knownId = known.get(wording.form);
        const groupId = knownId ?? (await this.#findGroup(wording, terms, begun));
        const mustSearch = knownId === undefined && offered.length === 0;
        const nearest = mustSearch ? findNearest(accountId, wording.text) : offered;
        const askers = [...openids].map((openid) => askerDigest(groupId, openid));
        assigned.push({ ...wording, groupId, terms, nearest, askers });
        await breathe();
      }
    }
    return assigned;
  }

  async #findGroup(
    { accountId, form }: Pick<Tallied, 'accountId' | 'form'>,
    terms: readonly string[],
    begun: Group[],
  ): Promise<string> {
    const own = begun.filter((group) => group.accountId === accountId);
    const stored = await this.#parts.store.findSimilar(accountId, terms, mostCandidates);
    const best = [...stored, ...own]
      .map(({ id, terms: theirs }) => ({ id, likeness: likenessOf(theirs, terms) }))
      .reduce((best, next) => (next.likeness > best.likeness ? next : best), { id: '', likeness: 0 });
    if (best.likeness >= alike) return best.id;
    const id = shortDigest(accountId, form);
    begun.push({ id, accountId, terms });
    return id;
  }
}

interface Group {
  id: string;
  accountId: string;
  terms: readonly string[];
}

/** One wording in a page, before it has a group. */
interface Tallied extends Pick<
  WordingTally,
  'accountId' | 'form' | 'text' | 'messages' | 'firstSeenAt' | 'lastSeenAt' | 'expiresAt'
> {
  openids: Set<string>;
  offered: readonly Target[];
}

function tally(texts: readonly UnansweredText[], likeness: Likeness): Tallied[] {
  const tallies = new Map<string, Tallied>();
  for (const { accountId, openid, text: raw, at, offered, expiresAt } of texts) {
    const text = Array.from(putPlaceholders(normaliseText(raw)))
      .slice(0, longestText)
      .join('');
    if (text === '') continue;
    const form = likeness.formOf(text);
    const name = `${accountId} ${form}`;
    const before = tallies.get(name);
    if (before) {
      before.messages += 1;
      before.openids.add(openid);
      before.firstSeenAt = earlier(before.firstSeenAt, at);
      before.lastSeenAt = later(before.lastSeenAt, at);
      before.expiresAt = later(before.expiresAt, expiresAt);
      if (offered.length > 0) before.offered = offered;
    } else {
      const openids = new Set([openid]);
      const times = { firstSeenAt: at, lastSeenAt: at, expiresAt };
      tallies.set(name, { accountId, form, text, messages: 1, openids, offered, ...times });
    }
  }
  return [...tallies.values()];
}

function tallyStandings(texts: readonly UnansweredText[]): StandingTally[] {
  const tallies = new Map<string, StandingTally>();
  for (const { accountId, standing: node, at } of texts) {
    if (node === null) continue;
    const day = businessDay(at.getTime());
    const name = `${accountId} ${day} ${node}`;
    const messages = (tallies.get(name)?.messages ?? 0) + 1;
    tallies.set(name, { accountId, day, node, messages });
  }
  return [...tallies.values()];
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}
