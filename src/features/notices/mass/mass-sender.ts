import type { Clock } from '../../../core/clock.js';
import type { NoticeRun } from '../engine/delivery-sender.js';
import type { MessageMaker } from '../engine/message-maker.js';
import type { NoticeEngineWatcher } from '../engine/notice-engine-watcher.js';
import { monthOf } from '../engine/notice-channel-planner.js';
import type { NoticeTally } from '../engine/notice-tally.js';
import { pictureHold } from '../engine/picture-uploads.js';
import type { RowsOf } from '../delivery-store.js';
import type { MassCallEnding, MassCallStore } from '../mass-call-store.js';
import { askedState, massRepeatMs, type MassCall } from '../mass-call.js';
import type { MassRowStore } from '../mass-row-store.js';
import type { MassOutcome, NoticeMedium, NoticePlatform } from '../notice-platform-port.js';
import type { MassPlanner } from './mass-planner.js';

export interface MassSenderParts {
  planner: Pick<MassPlanner, 'plan'>;
  calls: Pick<
    MassCallStore,
    'begin' | 'end' | 'abandonExpired' | 'cancelPending' | 'listUnsettled' | 'listUntold' | 'markSettled'
  >;
  rows: Pick<MassRowStore, 'passOn' | 'settle' | 'rehearse'>;
  platform: Pick<NoticePlatform, 'admit' | 'sendMass'>;
  tally: Pick<NoticeTally, 'refused'>;
  watcher: Pick<NoticeEngineWatcher, 'attempted' | 'abandoned'>;
  clock: Clock;
  newId: () => string;
  /** For how long a call is this worker's while it is made, in milliseconds. */
  leaseMs: number;
}

/** A notice while it is sent, as its calls see it. */
export type MassRun = Pick<NoticeRun, 'notice' | 'signal' | 'hold'> & {
  maker: Pick<MessageMaker, 'makeForMany'>;
};

/** WeChat 45066: a call is repeated after a minute at the earliest. */
const repeatPauseMs = 61_000;
/** Whoever made a call writes its rows at once; if they died, somebody else does it after that time. */
const untoldMs = 10_000;
const untoldAtOnce = 20;

/** Makes the calls of the mass interface. What a call says is the truth; its rows are written after it. */
export class MassSender {
  readonly #parts: MassSenderParts;

  constructor(parts: MassSenderParts) {
    this.#parts = parts;
  }

  /** Plans, makes and settles what can be now. Any number of workers may do it at once. */
  async advance(run: MassRun): Promise<void> {
    const { planner, calls, rows, watcher, clock } = this.#parts;
    const { notice, signal } = run;
    const now = new Date(clock.now());
    if (notice.training) {
      await rows.rehearse(notice, now);
      return;
    }
    const abandoned = await calls.abandonExpired(notice, now);
    if (abandoned > 0) watcher.abandoned(abandoned);
    const planned = await planner.plan(notice);
    const due = planned.filter(({ state, dueAt }) => state === 'pending' && dueAt <= now);
    const ended = planned.filter(({ state }) => state !== 'pending' && state !== 'sending');
    if (due.length > 0 && !signal.aborted) ended.push(...(await this.#makeAll(run, due)));
    for (const call of ended) await this.#settle(call);
  }

  /** Calls of any notice about which something is known that their rows do not say: what a dead worker has left. */
  async settleTold(): Promise<void> {
    const { calls, clock } = this.#parts;
    const before = new Date(clock.now() - untoldMs);
    for (const call of await calls.listUntold(before, untoldAtOnce)) await this.#settle(call);
  }

  /** Of a cancelled notice: calls that have not been made are not made any more. */
  async callOff(rows: RowsOf): Promise<void> {
    const { calls, clock } = this.#parts;
    const now = new Date(clock.now());
    await calls.abandonExpired(rows, now);
    await calls.cancelPending(rows, now);
    for (const call of await calls.listUnsettled(rows)) if (isEnded(call)) await this.#settle(call);
  }

  /** @returns those that have ended. */
  async #makeAll(run: MassRun, due: readonly MassCall[]): Promise<MassCall[]> {
    const { notice } = run;
    const month = monthOf(this.#parts.clock.now());
    if (due.some((call) => call.month !== month && !call.maybeSentAt)) {
      // A ledger of its own: they are planned anew.
      await this.callOff(notice);
      return [];
    }
    const medium = await this.#makeMedium(run);
    if (!medium) return [];
    const made = await Promise.all(due.map((call) => this.#make(run, call, medium)));
    return made.filter((call) => call !== null);
  }

  async #makeMedium(run: MassRun): Promise<NoticeMedium | null> {
    try {
      const made = await run.maker.makeForMany();
      if ('medium' in made) return made.medium;
      await run.hold({ cause: 'template', reason: made.unfit, until: null });
    } catch (error) {
      const hold = pictureHold(error, this.#parts.clock.now());
      if (!hold) throw error;
      await run.hold(hold);
    }
    return null;
  }

  /** Null: it is not over, or somebody else's. */
  async #make(run: MassRun, call: MassCall, medium: NoticeMedium): Promise<MassCall | null> {
    const { calls, platform, tally, watcher, clock, newId, leaseMs } = this.#parts;
    const { accountId } = call;
    const isAdmitted = await platform.admit(accountId, 'mass', run.signal).then(
      () => !run.signal.aborted,
      () => false,
    );
    if (!isAdmitted) return null;
    const now = clock.now();
    const take = { claim: newId(), now: new Date(now), leaseUntil: new Date(now + leaseMs) };
    const taken = await calls.begin(call, take);
    if (!taken) return null;
    const { openids, clientMsgId } = taken;
    const outcome = await platform.sendMass(accountId, { openids, medium, clientMsgId });
    const ending = endingOf(call, taken, outcome, clock.now());
    if (outcome.kind !== 'accepted') tally.refused(accountId, 'mass', outcome.reason);
    const isKept = await calls.end(taken, ending);
    if (outcome.kind === 'accepted') watcher.attempted(accountId, 'mass', 'accepted');
    if (outcome.kind === 'halt') await run.hold(outcome);
    const { at: _at, dueAt: _dueAt, ...end } = ending;
    return isKept && ending.state !== 'pending' ? { ...taken, ...end } : null;
  }

  async #settle(call: MassCall): Promise<void> {
    const { calls, rows, clock } = this.#parts;
    const now = new Date(clock.now());
    const notice = { accountId: call.accountId, id: call.noticeId, preparation: call.preparation };
    const { state, reason = state } = call;
    const failure = failureOf(call);
    if (state === 'refused') await rows.passOn(notice, call.rows, reason, now);
    else if (state === 'unknown')
      await rows.settle(notice, call.rows, { state, call: call.call, reason }, now);
    else if (failure !== null)
      await rows.settle(notice, call.rows, { state: 'failed', reason: failure }, now);
    else if (state !== 'cancelled')
      await rows.settle(notice, call.rows, { state: 'accepted', call: call.call }, now);
    await calls.markSettled(call);
  }
}

/**
 * Why a call that was accepted reached nobody after all, by its report or, where none came, by what the platform said
 * when it was asked; null: it did. WeChat, MASSSENDJOBFINISH: `send success`, `send fail`, `err(10001)` …
 */
function failureOf({ state, report, reason = '' }: MassCall): string | null {
  if (state !== 'reported') return null;
  if (report) return /^send success$/i.test(report.status.trim()) ? null : `mass:${report.status}`;
  return reason === askedState.failed || reason === askedState.deleted ? `mass:${reason}` : null;
}

function isEnded({ state }: MassCall): boolean {
  return state !== 'pending' && state !== 'sending';
}

/** @param before the call as it was before this attempt: whether there is a doubt from an earlier one. */
function endingOf(before: MassCall, call: MassCall, outcome: MassOutcome, now: number): MassCallEnding {
  const at = new Date(now);
  const doubt = before.maybeSentAt ? { maybeSentAt: before.maybeSentAt } : {};
  switch (outcome.kind) {
    case 'accepted':
      return { state: 'accepted', messageId: outcome.messageId, acceptedAt: at, at };
    case 'refused':
      return { state: before.maybeSentAt ? 'unknown' : 'refused', reason: outcome.reason, at };
    case 'later': {
      const dueAt = new Date(now + Math.max(outcome.retryAfterMs, 1_000));
      return { state: 'pending', reason: outcome.reason, dueAt, ...doubt, at };
    }
    case 'halt':
      return { state: 'pending', reason: outcome.reason, dueAt: at, ...doubt, at };
    case 'unknown': {
      const maybeSentAt = call.maybeSentAt ?? at;
      const isRepeatable = maybeSentAt.getTime() + massRepeatMs > now + repeatPauseMs;
      const { reason } = outcome;
      return isRepeatable
        ? { state: 'pending', reason, dueAt: new Date(now + repeatPauseMs), maybeSentAt, at }
        : { state: 'unknown', reason, at };
    }
  }
}
