import type { Target } from '../../dialog/content-model.js';

/**
 * The two ways in which a text stays without a certain answer, each a stream of the journal in the order in which
 * its texts are known to be unanswered: `fallback`, the dialog did not understand; `suggest`, it offered a list, the
 * list is no longer valid, and the citizen's next message chose nothing from it.
 */
export const unansweredStreams = ['fallback', 'suggest'] as const;
export type UnansweredStream = (typeof unansweredStreams)[number];

export interface UnansweredText {
  accountId: string;
  openid: string;
  /** As the citizen wrote it, or as the platform heard it. May hold personal data. */
  text: string;
  /** When it was answered, UTC. */
  at: Date;
  /** What the citizen was offered; empty in `fallback`. */
  offered: readonly Target[];
  /** The node of the menu tree where the citizen stood; null: in the main menu, or nowhere. */
  standing: string | null;
  /** When its chat record may be deleted, UTC. */
  expiresAt: Date;
}

/** A place in a stream; only the reader knows what it means. */
export interface JournalPosition {
  /** Milliseconds since the epoch, UTC. */
  at: number;
  id: string;
}

export interface UnansweredPage {
  texts: UnansweredText[];
  /** To go on from; null: nothing lies beyond the position that was given. */
  position: JournalPosition | null;
}

/** Reads the journal for whoever looks after what citizens asked in vain. */
export interface UnansweredReader {
  /**
   * What follows a position in a stream, at most `limit` exchanges. An exchange shows only once every one that goes
   * before it must have been committed: up to a minute after it happened. So nobody who goes on from position to
   * position misses one, or sees one twice.
   */
  readAfter(
    stream: UnansweredStream,
    position: JournalPosition,
    now: number,
    limit: number,
  ): Promise<UnansweredPage>;
}

/** Before the first exchange of a stream. */
export const journalBeginning: JournalPosition = { at: 0, id: '0'.repeat(24) };

/**
 * An exchange is in the journal at the latest so many milliseconds after its `at`: the journal tries for 15 s, the
 * last try may take 3 s; the rest is for services that the dialog asks first and for clocks that differ.
 */
export const committedWithinMs = 60_000;
