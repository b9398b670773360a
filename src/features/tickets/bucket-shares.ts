import { bucketCount, bucketOf, leaseMs, silenceMs } from './ticket-bucket.js';

/**
 * Which gate decides about which tickets. Every ticket lies in one of 64 buckets, and a bucket belongs to at most one
 * gate. A gate may let its own tickets in without asking anybody, so it goes on when the network is gone; another gate
 * lets them in only once the owner has agreed, and knows of it, so that nobody gets in twice.
 *
 * A gate says in each turn what it still holds, and only that is taken away from it: what it was asked to give up
 * stays its own until then. An owner that falls silent keeps its buckets until its lease has run out, which the server
 * believes later than the gate itself does. Pure: the caller keeps the record and brings the time.
 */
export interface GateShares {
  gates: readonly Gate[];
  queries: readonly TicketQuery[];
  /** Gates that closed a moment ago. */
  departed: readonly Departure[];
}

/** A turn that the leaving overtook on its way must not open the gate again. */
export interface Departure {
  device: string;
  /** That of the leaving; a later one opens the gate again. */
  turn: number;
  at: Date;
}

export interface Gate {
  /** Made by the browser, one for each page. */
  device: string;
  /** As staff call it: 2号口. */
  name: string;
  /** The number of the last turn that counted: one that was overtaken on its way is nothing any more. */
  turn: number;
  /** All that it may believe to be its own. */
  buckets: readonly number[];
  /** When that turn was taken, by the clock of the machine that took it, UTC. */
  seenAt: Date;
}

/** Another gate asks for a ticket. */
export interface TicketQuery {
  ticketId: string;
  askedAt: Date;
  /** The gate that gave it away for good; good while it owns the ticket. */
  agreedBy?: string;
}

/** What a gate says of itself. */
export interface Turn {
  device: string;
  name: string;
  /** Larger than that of the turn before. */
  turn: number;
  /** The buckets that it decides about; nothing of any other waits to be uploaded. */
  holds: readonly number[];
  /** Tickets of these that it will not let in itself any more unless the server does. */
  agreed: readonly string[];
}

/** What a gate is to do from now on. */
export interface TurnAnswer {
  shares: GateShares;
  /** What it may hold from now on. */
  buckets: number[];
  /** Tickets of its own that others ask for. */
  asked: string[];
}

export const noShares: GateShares = { gates: [], queries: [], departed: [] };

/** So much longer than the lease the server waits: clocks of its machines differ, and a gate's may run slowly. */
export const leaseMarginMs = 60_000;
const queryMs = 60_000;
/** No turn is on its way for so long. */
const departedMs = 60_000;

/**
 * @param now milliseconds since the epoch, UTC.
 * @returns null: a later turn of the same gate has been taken, or it has left.
 */
export function takeTurn(shares: GateShares, said: Turn, now: number): TurnAnswer | null {
  const { own, others } = split(shares, said.device, now);
  const departed = shares.departed.filter(({ at }) => at.getTime() + departedMs > now);
  const isOvertaken = [own, ...departed].some(
    (known) => known?.device === said.device && known.turn >= said.turn,
  );
  if (isOvertaken) return null;
  const held = own?.buckets.filter((bucket) => said.holds.includes(bucket)) ?? [];
  const fair = Math.ceil(bucketCount / (others.length + 1));
  const taken = new Set([...others.flatMap(({ buckets }) => buckets), ...held]);
  const kept = held.slice(0, fair);
  const granted = allBuckets.filter((bucket) => !taken.has(bucket)).slice(0, fair - kept.length);
  const buckets = [...held, ...granted].sort((a, b) => a - b);
  const { device, name, turn } = said;
  const queries = shares.queries
    .filter(({ askedAt }) => askedAt.getTime() + queryMs > now)
    .map((query) => noteAgreement(query, said, held));
  return {
    shares: {
      gates: [...others, { device, name, turn, buckets, seenAt: new Date(now) }],
      queries,
      departed,
    },
    buckets: [...kept, ...granted].sort((a, b) => a - b),
    asked: queries
      .filter(({ ticketId, agreedBy }) => agreedBy !== device && buckets.includes(bucketOf(ticketId)))
      .map(({ ticketId }) => ticketId),
  };
}

/** The gate closes, with nothing left to upload; what it held is free. */
export function leave(
  shares: GateShares,
  { device, turn }: Pick<Turn, 'device' | 'turn'>,
  now: number,
): GateShares {
  const { own, others } = split(shares, device, now);
  if (own && own.turn >= turn) return shares;
  const departed = shares.departed.filter((known) => known.device !== device);
  return { ...shares, gates: others, departed: [...departed, { device, turn, at: new Date(now) }] };
}

/** The gate without which nobody is let in by this ticket; null: whoever asks may let them in. */
export function findDecider(shares: GateShares, ticketId: string, device: string, now: number): Gate | null {
  const bucket = bucketOf(ticketId);
  const owner = shares.gates.find((gate) => gate.buckets.includes(bucket) && !isOver(gate, now));
  if (!owner || owner.device === device) return null;
  const query = shares.queries.find((one) => one.ticketId === ticketId);
  return query?.agreedBy === owner.device ? null : owner;
}

/** Asks the owner of a ticket for it, in the owner's next turn. */
export function askFor(shares: GateShares, ticketId: string, now: number): GateShares {
  const queries = shares.queries.filter((one) => one.ticketId !== ticketId);
  return { ...shares, queries: [...queries, { ticketId, askedAt: new Date(now) }] };
}

export function isSilent({ seenAt }: Gate, now: number): boolean {
  return seenAt.getTime() + silenceMs < now;
}

/** What a gate agreed to it forgets when it is opened anew: an agreement ends with the hold that it was made under. */
function noteAgreement(query: TicketQuery, { device, agreed }: Turn, held: readonly number[]): TicketQuery {
  const { ticketId, askedAt, agreedBy } = query;
  const isHeld = held.includes(bucketOf(ticketId));
  if (isHeld && agreed.includes(ticketId)) return { ...query, agreedBy: device };
  return agreedBy === device && !isHeld ? { ticketId, askedAt } : query;
}

const allBuckets = Array.from({ length: bucketCount }, (_, bucket) => bucket);

function split(shares: GateShares, device: string, now: number) {
  const standing = shares.gates.filter((gate) => !isOver(gate, now));
  return {
    own: standing.find((gate) => gate.device === device),
    others: standing.filter((gate) => gate.device !== device),
  };
}

function isOver({ seenAt }: Gate, now: number): boolean {
  return seenAt.getTime() + leaseMs + leaseMarginMs <= now;
}
