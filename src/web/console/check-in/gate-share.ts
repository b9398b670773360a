import {
  bucketOf,
  leaseMs,
  type GateNews,
  type ListedTicket,
  type TurnBody,
} from '../../../api-types/tickets.js';

/** Two clocks, for the one stops where the machine sleeps and the other is set by hand. Milliseconds. */
export interface GateClock {
  /** `performance.now()` */
  steady(): number;
  /** `Date.now()` */
  wall(): number;
}

type Arrival = NonNullable<ListedTicket['arrival']>;

interface Instant {
  steady: number;
  wall: number;
}

/**
 * What this gate decides about without asking anybody: the buckets that the server has leased to it, and what it knows
 * of their tickets. Pure but for the clock; the other half is `bucket-shares.ts` on the server.
 */
export class GateShare {
  readonly #clock: GateClock;
  #turn: number;
  #sentAt: Instant | null = null;
  #leasedAt: Instant | null = null;
  #holds = new Set<number>();
  #asked: readonly string[] = [];
  /** Left to another gate that asked: it may have let them in since. */
  readonly #given = new Set<string>();
  /** Let in without the server, and not uploaded yet. */
  readonly #pending = new Set<string>();
  /** By ticket: the request that would let it in, until its fate is known. */
  readonly #requests = new Map<string, string>();
  /** Let in since the last turn began, so that its answer may not know. */
  readonly #fresh = new Map<string, Arrival>();
  #since: string | undefined;
  #isClosed = false;
  readonly #tickets = new Map<string, ListedTicket>();
  readonly #idsByCode = new Map<string, string>();

  /** @param lastTurn of this device, before the page was loaded. */
  constructor(clock: GateClock, lastTurn: number) {
    this.#clock = clock;
    this.#turn = lastTurn;
  }

  /** The buckets that it decides about now; none once the lease is over by either clock. */
  get buckets(): readonly number[] {
    if (!this.#isLeased()) this.#holds.clear();
    return [...this.#holds];
  }

  get size(): number {
    return this.#tickets.size;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Gives up everything, for good. @returns the turn with which the gate leaves. */
  close(): number {
    const { turn } = this.beginTurn();
    this.#isClosed = true;
    this.#holds.clear();
    return turn;
  }

  /** What the next turn says. Whatever this device has to upload is uploaded before. */
  beginTurn(): Omit<TurnBody, 'device' | 'gate'> {
    this.#turn = Math.max(this.#turn + 1, this.#clock.wall());
    // The lease counts from before the request: the server cannot have taken the turn earlier.
    this.#sentAt = this.#now();
    this.#fresh.clear();
    return {
      turn: this.#turn,
      holds: [...this.buckets],
      agreed: this.#asked.filter((ticketId) => this.#given.has(ticketId)),
      ...(this.#since !== undefined && { since: this.#since }),
    };
  }

  /** Only the answer to the last turn counts: what it says was true after everything that this gate has said. */
  takeNews(turn: number, news: Pick<GateNews, 'buckets' | 'asked' | 'tickets' | 'since'>): void {
    if (turn !== this.#turn || this.#sentAt === null || this.#isClosed) return;
    for (const ticket of news.tickets) {
      this.#tickets.set(ticket.ticketId, ticket);
      this.#idsByCode.set(ticket.code, ticket.ticketId);
    }
    for (const [ticketId, arrival] of this.#fresh) this.#setArrival(ticketId, arrival);
    // What waits to be uploaded is given up only afterwards.
    const stuck = new Set([...this.#pending].map(bucketOf));
    const kept = this.buckets.filter((bucket) => stuck.has(bucket));
    this.#holds = new Set([...news.buckets, ...kept]);
    this.#leasedAt = this.#sentAt;
    this.#since = news.since;
    this.#asked = news.asked;
    for (const ticketId of news.asked) if (!this.#pending.has(ticketId)) this.#given.add(ticketId);
  }

  find(ticketId: string): ListedTicket | undefined {
    return this.#tickets.get(ticketId);
  }

  findByCode(code: string): string | undefined {
    return this.#idsByCode.get(code);
  }

  /** Whether this gate may let somebody in by it although the server does not answer. */
  mayDecide(ticketId: string): boolean {
    return (
      this.buckets.includes(bucketOf(ticketId)) && !this.#given.has(ticketId) && !this.#pending.has(ticketId)
    );
  }

  /** The request by which this ticket is let in; the same one until its fate is known. */
  begin(ticketId: string, newId: () => string): string {
    const requestId = this.#requests.get(ticketId) ?? newId();
    this.#requests.set(ticketId, requestId);
    return requestId;
  }

  /** The server has refused it. */
  end(ticketId: string): void {
    this.#requests.delete(ticketId);
  }

  /** Somebody is in by it. @param isPending the server does not know yet. */
  markIn(ticketId: string, arrival: Arrival, isPending: boolean): void {
    if (isPending) this.#pending.add(ticketId);
    else this.#pending.delete(ticketId);
    this.#requests.delete(ticketId);
    this.#fresh.set(ticketId, arrival);
    this.#setArrival(ticketId, arrival);
  }

  #setArrival(ticketId: string, arrival: Arrival): void {
    const known = this.#tickets.get(ticketId);
    const unknown = { ticketId, code: '', groupId: '', person: null, revokedBecause: null };
    this.#tickets.set(ticketId, { ...(known ?? unknown), arrival });
  }

  #isLeased(): boolean {
    if (this.#leasedAt === null) return false;
    const now = this.#now();
    const passed = [now.steady - this.#leasedAt.steady, now.wall - this.#leasedAt.wall];
    return passed.every((ms) => ms >= 0 && ms < leaseMs);
  }

  #now(): Instant {
    return { steady: this.#clock.steady(), wall: this.#clock.wall() };
  }
}
