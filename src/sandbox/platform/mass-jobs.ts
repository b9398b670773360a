import { massRules } from './platform-limits.js';
import { PlatformRefusal } from './platform-refusal.js';

/** A mass message that was accepted. */
export interface MassJob {
  accountId: string;
  messageId: bigint;
  clientMsgId: string;
  acceptedAt: number;
  /** Until then it counts as being sent. */
  finishedAt: number;
  /** Only what has a page of its own can be deleted. */
  isDeletable: boolean;
  isDeleted: boolean;
}

/** The mass messages of all accounts, and by what a repeat of one is recognised. */
export class MassJobs {
  readonly #byId = new Map<string, MassJob>();
  readonly #byClientId = new Map<string, MassJob>();
  readonly #speeds = new Map<string, number>();

  /** @param repeatPauseMs a repeat within so long is refused as too early, 45066. */
  constructor(private readonly repeatPauseMs: number) {}

  /** @throws PlatformRefusal 45065 with the first message's id, 45066 for a repeat that comes too soon. */
  refuseRepeat(accountId: string, clientMsgId: string, now: number): void {
    const first = this.#byClientId.get(`${accountId} ${clientMsgId}`);
    if (!first || now - first.acceptedAt >= massRules.repeatMs) return;
    if (now - first.acceptedAt < this.repeatPauseMs) throw new PlatformRefusal(45066);
    throw new PlatformRefusal(45065, { answer: { msg_id: first.messageId } });
  }

  note(job: MassJob): void {
    this.#byId.set(`${job.accountId} ${job.messageId}`, job);
    this.#byClientId.set(`${job.accountId} ${job.clientMsgId}`, job);
  }

  find(accountId: string, messageId: string): MassJob | undefined {
    return this.#byId.get(`${accountId} ${messageId}`);
  }

  speedOf(accountId: string): number {
    return this.#speeds.get(accountId) ?? 0;
  }

  setSpeed(accountId: string, speed: number): void {
    this.#speeds.set(accountId, speed);
  }
}
