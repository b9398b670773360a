import type { Actor } from '../../core/actor.js';
import { OperationalError } from '../../core/errors.js';
import { leave, takeTurn, type Turn, type TurnAnswer } from './bucket-shares.js';
import type { CheckInParts } from './check-in-parts.js';
import { refuseCheckIn } from './check-in-refusals.js';
import { findGroup } from './check-ticket.js';
import type { GatesKey } from './gate-store.js';
import type { Ticket } from './ticket.js';
import type { TicketKey } from './ticket-qr.js';
import type { GroupCount } from './ticket-store.js';

/** A ticket as a gate without network knows it. */
export interface ListedTicket extends Pick<Ticket, 'ticketId' | 'code' | 'groupId' | 'arrival'> {
  person: string | null;
  revokedBecause: string | null;
}

/** What a gate learns in each turn. */
export interface GateNews {
  buckets: number[];
  asked: string[];
  /** Every gate of the activity, this one too; `buckets` as the server believes. */
  gates: { device: string; name: string; buckets: readonly number[]; silentMs: number }[];
  /** Those changed since the last turn; all of them where the gate knew none. */
  tickets: ListedTicket[];
  /** Said in the next turn. */
  since: Date;
  counts: (GroupCount & { name: string })[];
  disputed: number;
  /** How long until the next turn, in milliseconds. */
  pauseMs: number;
  publicKey: TicketKey;
}

/** Alone nobody waits for a gate; otherwise the other gates do, for as long as it pauses. */
const pauseAloneMs = 3_000;
const pauseMs = 1_000;
/** A change may be seen so much later than it says: a transaction takes up to ten seconds, and clocks differ. */
const overlapMs = 30_000;

/** Where the gates of an activity meet. */
export class GateDesk {
  readonly #parts: CheckInParts;

  constructor(parts: CheckInParts) {
    this.#parts = parts;
  }

  /**
   * One turn of a gate; its first opens it, which goes on record.
   * @param since absent: the gate knows no tickets yet.
   * @throws UserError `check_in_closed`; OperationalError `turn_overtaken`: a later turn has been taken.
   */
  async takeTurn(key: GatesKey, turn: Turn, actor: Actor, since?: Date): Promise<GateNews> {
    const { accountId, activityId } = key;
    const { activities, tickets, checkIns, keys, clock } = this.#parts;
    const activity = await activities.find(accountId, activityId);
    if (activity?.state !== 'published') throw refuseCheckIn('check_in_closed');
    const now = clock.now();
    const answer = await this.#write(key, turn, actor);
    // After the turn: what was written before a bucket changed hands is in the list of who decides from now on.
    const [changed, counts, disputed, publicKey] = await Promise.all([
      tickets.list(accountId, activityId, since && new Date(since.getTime() - overlapMs)),
      tickets.count(accountId, activityId),
      checkIns.countDisputed(accountId, activityId),
      keys.publicKey(accountId),
    ]);
    const { buckets, asked, shares } = answer;
    return {
      buckets,
      asked,
      disputed,
      publicKey,
      gates: shares.gates.map(({ device, name, buckets: own, seenAt }) => ({
        device,
        name,
        buckets: own,
        silentMs: Math.max(0, now - seenAt.getTime()),
      })),
      tickets: await this.#list(accountId, changed),
      since: new Date(now),
      counts: counts.map((count) => ({ ...count, name: findGroup(activity, count.groupId)?.name ?? '' })),
      pauseMs: shares.gates.length > 1 ? pauseMs : pauseAloneMs,
    };
  }

  /** The gate closes; nothing of it waits to be uploaded. */
  async leave(key: GatesKey, turn: Pick<Turn, 'device' | 'turn'>): Promise<void> {
    const { gates, transactions, clock } = this.#parts;
    await transactions.run(async (tx) =>
      gates.save(tx, key, leave(await gates.find(key, tx), turn, clock.now())),
    );
  }

  #write(key: GatesKey, turn: Turn, actor: Actor): Promise<TurnAnswer> {
    const { gates, transactions, audit, clock } = this.#parts;
    return transactions.run(async (tx) => {
      const before = await gates.find(key, tx);
      const answer = takeTurn(before, turn, clock.now());
      if (answer === null)
        throw new OperationalError('turn_overtaken', `gate ${turn.device} has taken a later turn`);
      await gates.save(tx, key, answer.shares);
      if (!before.gates.some(({ device }) => device === turn.device))
        await audit.append(tx, {
          ...actor,
          accountId: key.accountId,
          action: 'check-in.open',
          object: { kind: 'activity', id: key.activityId },
          changes: [{ path: 'gate', after: turn.name }],
        });
      return answer;
    });
  }

  async #list(accountId: string, tickets: readonly Ticket[]): Promise<ListedTicket[]> {
    const ids = tickets.map(({ registrationId }) => registrationId);
    const names = await this.#parts.holders.readMasked(accountId, ids);
    return tickets.map(({ ticketId, code, groupId, arrival, revoked, registrationId }) => ({
      ticketId,
      code,
      groupId,
      ...(arrival && { arrival }),
      person: names.get(registrationId) ?? null,
      revokedBecause: revoked?.because ?? null,
    }));
  }
}
