import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { leaseMs, type ListedTicket, type TurnBody } from '../../../../src/api-types/tickets.js';
import {
  askFor,
  findDecider,
  leaseMarginMs,
  leave,
  noShares,
  takeTurn,
  type GateShares,
} from '../../../../src/features/tickets/bucket-shares.js';
import { bucketOf, leaseMs as serverLeaseMs } from '../../../../src/features/tickets/ticket-bucket.js';
import { GateShare } from '../../../../src/web/console/check-in/gate-share.js';

/** Clocks of the servers differ by so much. */
const skewMs = 5_000;
const start = Date.parse('2026-11-28T01:00:00Z');
/** Of buckets all over. */
const tickets = [3, 17, 30, 36, 50, 61].map((bucket) =>
  Array.from({ length: 2_000 }, (_, at) => `ticket-${at}`).find((id) => bucketOf(id) === bucket)!,
);

const moves = ['exchange', 'turn', 'answer', 'loseTurn', 'lateArrival', 'reload', 'leave'] as const;
const fates = ['ok', 'noRequest', 'noAnswer', 'late'] as const;
type Move = { do: (typeof moves)[number]; gate: number; skew: number };
type Step =
  | Move
  | { do: 'scan'; gate: number; ticket: string; fate: (typeof fates)[number]; skew: number }
  | { do: 'wait'; ms: number }
  | { do: 'setClock'; gate: number; byMs: number };

const gate = fc.nat(2);
const skew = fc.integer({ min: -skewMs, max: skewMs });

function moving(what: (typeof moves)[number], weight: number) {
  return { weight, arbitrary: fc.record({ do: fc.constant(what), gate, skew }) };
}

function steps(longestMs: number): fc.Arbitrary<Step[]> {
  const scan = fc.record({
    do: fc.constant('scan' as const),
    gate,
    ticket: fc.constantFrom(...tickets),
    fate: fc.constantFrom(...fates),
    skew,
  });
  const wait = fc.record({ do: fc.constant('wait' as const), ms: fc.nat(longestMs) });
  const setClock = fc.record({
    do: fc.constant('setClock' as const),
    gate,
    byMs: fc.integer({ min: -120_000, max: 120_000 }),
  });
  const one: fc.Arbitrary<Step> = fc.oneof(
    moving('exchange', 40),
    moving('turn', 25),
    moving('answer', 25),
    moving('loseTurn', 15),
    moving('lateArrival', 15),
    moving('reload', 2),
    moving('leave', 4),
    { weight: 60, arbitrary: scan },
    { weight: 12, arbitrary: wait },
    { weight: 1, arbitrary: setClock },
  );
  return fc.array(one, { minLength: 20, maxLength: 120, size: 'max' });
}

/** The server's two records, three gates, and a network that delays, loses and overtakes. */
class World {
  now = start;
  shares: GateShares = noShares;
  /** By ticket: the request that let it in, as the server knows. */
  readonly arrivals = new Map<string, string>();
  /** By ticket: the requests by which somebody has walked in. */
  readonly walkedIn = new Map<string, Set<string>>();
  readonly gates = [0, 1, 2].map((nth) => this.#openGate(nth));
  #ids = 0;

  #openGate(nth: number) {
    const gate = {
      device: `gate-${nth}`,
      wallOffset: 0,
      share: undefined as unknown as GateShare,
      lastTurn: 0,
      /** Let in without the server: ticket and request. */
      pending: new Map<string, string>(),
      /** Answers that are still under way to the gate. */
      answers: [] as { turn: number; news: Parameters<GateShare['takeNews']>[1] }[],
      /** Turns and admissions that are still under way to the server. */
      late: [] as ((skew: number) => void)[],
    };
    this.#load(gate, nth);
    return gate;
  }

  #load(
    gate: Pick<World['gates'][number], 'share' | 'lastTurn' | 'wallOffset' | 'pending' | 'answers'>,
    nth: number,
  ): void {
    const clock = {
      // One runs fast, one slowly.
      steady: () => (this.now - start) * (1 + (nth - 1) / 1_000),
      wall: () => this.now + gate.wallOffset,
    };
    gate.answers = [];
    gate.share = new GateShare(clock, gate.lastTurn);
    for (const ticket of gate.pending.keys()) gate.share.markIn(ticket, { at: '', gate: '' }, true);
  }

  take(step: Step): void {
    if (step.do === 'wait') this.now += step.ms;
    else if (step.do === 'setClock') this.gates[step.gate]!.wallOffset += step.byMs;
    else if (step.do === 'scan') this.#scan(step);
    else this.#move(step);
  }

  #move({ do: what, gate: nth, skew }: Move): void {
    const gate = this.gates[nth]!;
    if (what === 'lateArrival') gate.late.shift()?.(skew);
    else if (what === 'reload') this.#load(gate, nth);
    else if (what === 'answer') this.#answer(gate);
    else this.#turn(gate, nth, what, skew);
  }

  #turn(gate: World['gates'][number], nth: number, what: Step['do'], skew: number): void {
    const { device } = gate;
    this.#upload(gate);
    const said = gate.share.beginTurn();
    gate.lastTurn = said.turn;
    if (what === 'leave') {
      this.shares = leave(this.shares, { device, turn: said.turn }, this.now + skew);
      this.#load(gate, nth);
    } else if (what === 'loseTurn') gate.late.push((later) => void this.#serve(device, said, later));
    else {
      const news = this.#serve(device, said, skew);
      if (news) gate.answers.push({ turn: said.turn, news });
      if (what === 'exchange') while (gate.answers.length > 0) this.#answer(gate);
    }
  }

  #answer(gate: World['gates'][number]): void {
    const answer = gate.answers.shift();
    if (answer) gate.share.takeNews(answer.turn, answer.news);
  }

  #serve(device: string, said: Omit<TurnBody, 'device' | 'gate'>, skew: number) {
    const answer = takeTurn(this.shares, { ...said, device, name: device }, this.now + skew);
    if (answer === null) return undefined;
    this.shares = answer.shares;
    const { buckets, asked } = answer;
    return { buckets, asked, tickets: tickets.map((ticket) => this.#listed(ticket)), since: '' };
  }

  #listed(ticketId: string): ListedTicket {
    const arrival = this.arrivals.has(ticketId) ? { at: '', gate: '' } : null;
    return { ticketId, code: ticketId, groupId: '', person: null, revokedBecause: null, arrival };
  }

  /** As `CheckInDesk.admit`. */
  #admit(device: string, ticket: string, request: string, skew: number): 'in' | 'refused' {
    const known = this.arrivals.get(ticket);
    if (known !== undefined) return known === request ? 'in' : 'refused';
    const now = this.now + skew;
    if (findDecider(this.shares, ticket, device, now)) {
      this.shares = askFor(this.shares, ticket, now);
      return 'refused';
    }
    this.arrivals.set(ticket, request);
    return 'in';
  }

  /** As `Door.show`. */
  #scan({ gate: nth, ticket, fate: luck, skew }: Extract<Step, { do: 'scan' }>): void {
    const gate = this.gates[nth]!;
    const fate = gate.pending.size > 0 ? 'noRequest' : luck;
    const { share, device } = gate;
    const request = share.begin(ticket, () => `${device}-${(this.#ids += 1)}`);
    if (fate === 'late') gate.late.push((later) => void this.#admit(device, ticket, request, later));
    const answer =
      fate === 'ok' || fate === 'noAnswer' ? this.#admit(device, ticket, request, skew) : undefined;
    if (fate === 'ok') {
      if (answer === 'in') {
        share.markIn(ticket, { at: '', gate: device }, false);
        this.#walkIn(ticket, request);
      } else share.end(ticket);
    } else if (!share.find(ticket)?.arrival && share.mayDecide(ticket)) {
      gate.pending.set(ticket, request);
      share.markIn(ticket, { at: '', gate: device }, true);
      this.#walkIn(ticket, request);
    }
  }

  /** As `Door.work` does before each turn. */
  #upload(gate: { pending: Map<string, string>; share: GateShare }): void {
    for (const [ticket, request] of gate.pending) {
      if (!this.arrivals.has(ticket)) this.arrivals.set(ticket, request);
      gate.share.markIn(ticket, { at: '', gate: '' }, false);
    }
    gate.pending.clear();
  }

  #walkIn(ticket: string, request: string): void {
    this.walkedIn.set(ticket, (this.walkedIn.get(ticket) ?? new Set()).add(request));
  }
}

function play(steps: readonly Step[], check: (world: World) => void): void {
  const world = new World();
  for (const one of steps) {
    world.take(one);
    check(world);
  }
}

describe('gates that share the tickets of an activity', () => {
  it('lease for a shorter time than the server believes', () => {
    expect(leaseMs).toBe(serverLeaseMs);
    expect(leaseMarginMs).toBeGreaterThan(2 * skewMs + leaseMs / 1_000);
  });

  it('never decide about the same bucket, whatever is lost, late, loaded anew, left or expired', () => {
    fc.assert(
      fc.property(steps(400_000), (steps) =>
        play(steps, (world) => {
          const held = world.gates.flatMap(({ share }) => share.buckets);
          if (new Set(held).size < held.length) throw new Error('two gates hold one bucket');
        }),
      ),
      { numRuns: 500 },
    );
  });

  it('let nobody in twice while no lease runs out, with or without network', () => {
    fc.assert(
      fc.property(steps(4_000), (steps) =>
        play(steps, (world) => {
          for (const [ticket, requests] of world.walkedIn)
            if (requests.size > 1) throw new Error(`${ticket} let in ${[...requests].join(' and ')}`);
        }),
      ),
      { numRuns: 1_000 },
    );
  });

  it('share evenly once each has had three turns', () => {
    const world = new World();
    for (let round = 0; round < 3; round += 1)
      for (const nth of [0, 1, 2]) world.take({ do: 'exchange', gate: nth, skew: 0 });
    const sizes = world.gates.map(({ share }) => share.buckets.length).sort();
    expect(sizes).toEqual([20, 22, 22]);
  });

  it('goes on alone without network, but not with what belongs to another', () => {
    const world = new World();
    for (let round = 0; round < 3; round += 1)
      for (const nth of [0, 1]) world.take({ do: 'exchange', gate: nth, skew: 0 });
    for (const ticket of tickets) world.take({ do: 'scan', gate: 0, ticket, fate: 'noRequest', skew: 0 });
    const own = new Set(world.gates[0]!.share.buckets);
    const let_in = [...world.walkedIn.keys()];
    expect(let_in).toEqual(tickets.filter((ticket) => world.gates[0]!.pending.has(ticket)));
    expect(let_in.every((ticket) => own.has(bucketOf(ticket)))).toBe(true);
    expect(let_in.length).toBeGreaterThan(0);
    expect(let_in.length).toBeLessThan(tickets.length);
  });

  it('lets another gate’s ticket in once that gate has agreed, which then does not any more', () => {
    const world = new World();
    for (let round = 0; round < 3; round += 1)
      for (const nth of [0, 1]) world.take({ do: 'exchange', gate: nth, skew: 0 });
    const ticket = tickets.find((one) => world.gates[1]!.share.mayDecide(one))!;
    world.take({ do: 'scan', gate: 0, ticket, fate: 'ok', skew: 0 });
    expect(world.walkedIn.has(ticket)).toBe(false);
    for (let round = 0; round < 2; round += 1) {
      world.take({ do: 'exchange', gate: 1, skew: 0 });
    }
    expect(world.gates[1]!.share.mayDecide(ticket)).toBe(false);
    world.take({ do: 'scan', gate: 0, ticket, fate: 'ok', skew: 0 });
    expect(world.walkedIn.has(ticket)).toBe(true);
  });
});
