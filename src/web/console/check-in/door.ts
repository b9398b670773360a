import {
  readTicketCode,
  type AdmissionAnswer,
  type AdmissionBody,
  type CheckInActivity,
  type GateNews,
  type TurnBody,
  type UploadBody,
  type VerifyTicket,
} from '../../../api-types/tickets.js';
import { ApiError, sayError } from '../../shared/api-error.js';
import { decideOffline, sayGate } from './decide-offline.js';
import type { GateClock, GateShare } from './gate-share.js';
import type { PendingAdmission, PendingAdmissions } from './pending-admissions.js';

/** What came of a ticket, for whoever stands at the gate. */
export type DoorOutcome =
  | { kind: 'in'; title: string; detail: string; isOffline: boolean; checkInId?: string }
  | { kind: 'refused'; code: string; title: string };

export interface DoorState {
  isOnline: boolean;
  /** Let in, and the server does not know yet. */
  pending: number;
  /** Undefined until the first turn has been answered. */
  news?: Omit<GateNews, 'tickets'>;
  /** What the server refused altogether: the activity was cancelled, somebody else is signed in. */
  trouble?: string;
}

export interface DoorApi {
  takeTurn(body: TurnBody): Promise<GateNews>;
  admit(body: AdmissionBody): Promise<AdmissionAnswer>;
  upload(activityId: string, body: UploadBody): Promise<unknown>;
  createVerifier(news: Pick<GateNews, 'publicKey'>): Promise<VerifyTicket>;
}

export interface DoorParts {
  accountId: string;
  activity: CheckInActivity;
  /** Its name. */
  gate: string;
  device: { id: string; keepTurn(turn: number): void };
  share: GateShare;
  pending: PendingAdmissions;
  api: DoorApi;
  clock: GateClock;
  /** The time by the server, as far as it is known: what begins and ends is held against it. */
  now: () => number;
  newId: () => string;
  sleep: (ms: number) => Promise<void>;
  onChange: (state: DoorState) => void;
}

const askEveryMs = 500;
/** Longer than two turns of the gate that is asked. */
const askAtMost = 8;
const offlinePauseMs = 3_000;

/** One gate: lets people in by the server while there is one, and by what it holds itself while there is none. */
export class Door {
  readonly #parts: DoorParts;
  #state: DoorState = { isOnline: true, pending: 0 };
  #verify: VerifyTicket | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: DoorParts) {
    this.#parts = parts;
    this.#countPending();
  }

  /**
   * Uploads what waits, then takes a turn.
   * @returns how long until the next, in milliseconds.
   */
  async work(): Promise<number> {
    try {
      await this.#uploadAll();
      return this.#parts.share.isClosed ? 0 : await this.#takeTurn();
    } catch (error) {
      if (isSilence(error)) this.#change({ isOnline: false });
      else this.#change({ trouble: sayError(error) });
      return offlinePauseMs;
    }
  }

  /** What was scanned or typed, one after the other. */
  show(text: string): Promise<DoorOutcome> {
    const outcome = this.#last.then(() => this.#admit(text.trim()));
    this.#last = outcome;
    return outcome;
  }

  async #admit(text: string): Promise<DoorOutcome> {
    const shown = text.startsWith('SS1.') ? { qr: text } : { code: text };
    const ticketId = await this.#readTicketId(text);
    // Whoever came in meanwhile is unknown to the server until it has been uploaded.
    if (!this.#state.isOnline || this.#state.pending > 0) return this.#admitOffline(ticketId);
    const { share, newId, device, gate } = this.#parts;
    const requestId = ticketId === undefined ? newId() : share.begin(ticketId, newId);
    try {
      return await this.#ask({ shown, device: device.id, gate, requestId }, ticketId);
    } catch (error) {
      if (isSilence(error)) {
        this.#change({ isOnline: false });
        return this.#admitOffline(ticketId);
      }
      if (ticketId !== undefined) share.end(ticketId);
      const code = error instanceof ApiError ? error.code : 'unreadable';
      return { kind: 'refused', code, title: sayError(error) };
    }
  }

  async #ask(body: AdmissionBody, ticketId: string | undefined): Promise<DoorOutcome> {
    const { api, share, sleep } = this.#parts;
    let asked = '';
    for (let times = 0; times < askAtMost; times += 1) {
      const answer = await api.admit(body);
      if (answer.outcome === 'admitted') {
        const { person, group, at, gate, checkInId } = answer.admission;
        share.markIn(answer.admission.ticketId, { at, gate }, false);
        return { kind: 'in', title: person ?? '请进', detail: group, isOffline: false, checkInId };
      }
      asked = answer.gate;
      await sleep(askEveryMs);
    }
    // Nothing was written by it, nor will be.
    if (ticketId !== undefined) share.end(ticketId);
    return { kind: 'refused', code: 'other_gate', title: sayGate(asked) };
  }

  #admitOffline(ticketId: string | undefined): DoorOutcome {
    const { share, activity, clock, now, newId, pending, accountId, device, gate } = this.#parts;
    const gates = this.#state.news?.gates.filter(({ device: other }) => other !== device.id) ?? [];
    const decision = decideOffline({ ticketId, share, activity, gates, now: now() });
    if (decision.kind === 'refused' || ticketId === undefined) return decision;
    const at = clock.wall();
    const requestId = share.begin(ticketId, newId);
    const { activityId } = activity;
    try {
      pending.add({ accountId, activityId, ticketId, device: device.id, gate, requestId, at });
    } catch {
      return { kind: 'refused', code: 'nothing_kept', title: '这台设备存不下记录，断网时不能放行' };
    }
    share.markIn(ticketId, { at: this.#sayTime(at), gate }, true);
    this.#countPending();
    return decision;
  }

  async #uploadAll(): Promise<void> {
    const { pending, accountId, share } = this.#parts;
    for (let [next] = pending.list(accountId); next; [next] = pending.list(accountId)) {
      await this.#upload(next);
      share.markIn(next.ticketId, { at: this.#sayTime(next.at), gate: next.gate }, false);
      pending.remove(next.requestId);
      this.#countPending();
    }
  }

  async #upload({ activityId, ticketId, device, gate, requestId, at }: PendingAdmission): Promise<void> {
    const agoMs = Math.max(0, Math.round(this.#parts.clock.wall() - at));
    await this.#parts.api.upload(activityId, { ticketId, device, gate, requestId, agoMs });
  }

  /** @param at by this device's own clock */
  #sayTime(at: number): string {
    const { clock, now } = this.#parts;
    return new Date(now() - (clock.wall() - at)).toISOString();
  }

  async #takeTurn(): Promise<number> {
    const { share, api, device, gate } = this.#parts;
    const said = share.beginTurn();
    device.keepTurn(said.turn);
    const body = { device: device.id, gate, ...said };
    const { tickets, ...news } = await api.takeTurn(body);
    share.takeNews(said.turn, { ...news, tickets });
    this.#verify ??= await api.createVerifier(news);
    this.#change({ isOnline: true, news, trouble: '' });
    // Whoever asked for a ticket waits for this gate to agree.
    return news.asked.length > 0 || this.#state.pending > 0 ? 0 : news.pauseMs;
  }

  async #readTicketId(text: string): Promise<string | undefined> {
    const { share, activity } = this.#parts;
    if (!text.startsWith('SS1.')) {
      const code = readTicketCode(text);
      return code === null ? undefined : share.findByCode(code);
    }
    const claim = await this.#verify?.(text);
    return claim?.activityId === activity.activityId ? claim.ticketId : undefined;
  }

  #countPending(): void {
    const { pending, accountId } = this.#parts;
    this.#change({ pending: pending.list(accountId).length });
  }

  #change(change: Partial<DoorState>): void {
    this.#state = { ...this.#state, ...change };
    this.#parts.onChange(this.#state);
  }
}

/** No answer, or none of the application's own: the server may have done it, or not. */
function isSilence(error: unknown): boolean {
  if (error instanceof ApiError) return error.status === 0 || error.status >= 500;
  return error instanceof DOMException;
}
