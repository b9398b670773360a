import { setTimeout as delay } from 'node:timers/promises';
import type { Batch } from './batch.js';
import { LoadConnection, type ConnectionOwner } from './load-connection.js';

/** `mixed`: an answer where the message asks for one, silence elsewhere. `success`, `echo`: the same to everything. */
export type Expectation = 'success' | 'echo' | 'mixed';

export interface LoadOptions {
  port: number;
  connections: number;
  expectation: Expectation;
  warmUpMs: number;
  measureMs: number;
  /**
   * Open loop: so many messages per second, at random (Poisson) moments fixed beforehand, whatever the server does.
   * Null: saturation, every connection sends its next message as soon as it has an answer.
   */
  perSecond: number | null;
  /** How long to wait for the answers to the last messages. */
  answerDeadlineMs: number;
}

export interface Sample {
  message: number;
  body: string;
}

export interface LoadResult {
  sent: number;
  /** Answered with status 200 and with what was expected: silence or an answer. */
  acknowledged: number;
  /** Answered otherwise, by reason. */
  faults: Record<string, number>;
  /** Answers per second within the measured window. */
  perSecond: number;
  /**
   * Milliseconds, of the messages in the measured window. In an open loop they count from the moment a message was
   * due, not from when the client came to send it, so that a stalled server cannot hide its queue.
   */
  latencies: Float64Array;
  samples: readonly Sample[];
}

/** Enough to find a systematic fault, few enough to cost nothing while measuring. */
const sampleEvery = 101;
/** Sends `batch` to one server and measures; resolves when every message sent is settled, or given up. */
export async function runLoad(batch: Batch, options: LoadOptions): Promise<LoadResult> {
  const run = new LoadRun(batch, options);
  try {
    await run.finished();
    return run.result();
  } finally {
    run.close();
  }
}

class LoadRun implements ConnectionOwner {
  readonly #batch: Batch;
  readonly #expectation: Expectation;
  readonly #openLoop: boolean;
  readonly #answerDeadlineMs: number;
  /** When each message is due, in an open loop; when it was sent, in saturation. Milliseconds since the start. */
  readonly #due: Float64Array;
  readonly #latency: Float64Array;
  readonly #limit: number;
  readonly #from: number;
  readonly #until: number;
  readonly #idle: LoadConnection[] = [];
  readonly #connections: LoadConnection[] = [];
  readonly #faults = new Map<string, number>();
  readonly #samples: Sample[] = [];
  readonly #start: number;
  #sent = 0;
  #settled = 0;
  #acknowledged = 0;
  #answeredInWindow = 0;
  #lastAnswer = 0;

  constructor(batch: Batch, options: LoadOptions) {
    this.#batch = batch;
    this.#expectation = options.expectation;
    this.#openLoop = options.perSecond !== null;
    this.#answerDeadlineMs = options.answerDeadlineMs;
    this.#from = options.warmUpMs;
    this.#until = options.warmUpMs + options.measureMs;
    this.#due = new Float64Array(batch.requests.length);
    this.#latency = new Float64Array(batch.requests.length).fill(Number.NaN);
    this.#limit =
      options.perSecond === null
        ? batch.requests.length
        : fillPoisson(this.#due, options.perSecond, this.#until);
    for (let made = 0; made < options.connections; made += 1) {
      const connection = new LoadConnection(options.port, this);
      this.#connections.push(connection);
      this.#idle.push(connection);
    }
    this.#start = performance.now();
  }

  async finished(): Promise<void> {
    this.#sendDue();
    // Timers fire no finer than a millisecond; answers that come in between send what is due, too.
    while (!this.#allSent()) {
      await delay(1);
      this.#sendDue();
    }
    const deadline = this.#now() + this.#answerDeadlineMs;
    while (this.#settled < this.#sent && this.#now() < deadline) await delay(1);
  }

  result(): LoadResult {
    const lost = this.#sent - this.#settled;
    if (lost > 0) this.#countFault('no answer', lost);
    const windowMs = Math.min(this.#until, this.#lastAnswer) - this.#from;
    return {
      sent: this.#sent,
      acknowledged: this.#acknowledged,
      faults: Object.fromEntries(this.#faults),
      perSecond: windowMs > 0 ? (this.#answeredInWindow * 1000) / windowMs : 0,
      latencies: this.#latency.filter(
        (latency, message) => latency >= 0 && this.#inWindow(this.#due[message]),
      ),
      samples: this.#samples,
    };
  }

  close(): void {
    for (const connection of this.#connections) connection.close();
  }

  onAnswer(connection: LoadConnection, status: number, body: Buffer): void {
    const message = connection.message;
    const now = this.#now();
    this.#latency[message] = now - (this.#due[message] ?? now);
    this.#lastAnswer = now;
    if (now >= this.#from && now < this.#until) this.#answeredInWindow += 1;
    const fault = this.#faultOf(message, status, body);
    if (fault === null) this.#acknowledged += 1;
    else this.#countFault(fault, 1);
    if (message % sampleEvery === 0 && fault === null && body[0] === lessThan) {
      this.#samples.push({ message, body: body.toString() });
    }
    this.#release(connection);
  }

  onBroken(connection: LoadConnection): void {
    this.#countFault('connection broken', 1);
    this.#release(connection);
  }

  #release(connection: LoadConnection): void {
    this.#settled += 1;
    connection.message = -1;
    this.#idle.push(connection);
    this.#sendDue();
  }

  #sendDue(): void {
    const now = this.#now();
    while (this.#idle.length > 0 && !this.#allSent() && this.#isDue(now)) {
      const message = this.#sent++;
      const request = this.#batch.requests[message];
      if (request === undefined) return;
      if (!this.#openLoop) this.#due[message] = now;
      // The longest idle first: used in turn, no connection idles until the server closes it.
      this.#idle.shift()?.send(message, request);
    }
  }

  #allSent(): boolean {
    return this.#sent >= this.#limit || (!this.#openLoop && this.#now() >= this.#until);
  }

  #isDue(now: number): boolean {
    return !this.#openLoop || (this.#due[this.#sent] ?? Number.POSITIVE_INFINITY) <= now;
  }

  #faultOf(message: number, status: number, body: Buffer): string | null {
    if (status !== 200) return `status ${status}`;
    const silent = body.length === 0 || (body.length === success.length && body.equals(success));
    if (!silent && body[0] !== lessThan) return 'neither XML nor success';
    if (this.#expectsAnswer(message) === silent)
      return silent ? 'silence where an answer was due' : 'an answer to a report';
    return null;
  }

  #expectsAnswer(message: number): boolean {
    if (this.#expectation === 'mixed') return this.#batch.answered[message] === true;
    return this.#expectation === 'echo';
  }

  #inWindow(moment: number | undefined): boolean {
    return moment !== undefined && moment >= this.#from && moment < this.#until;
  }

  #countFault(fault: string, times: number): void {
    this.#faults.set(fault, (this.#faults.get(fault) ?? 0) + times);
  }

  #now(): number {
    return performance.now() - this.#start;
  }
}

const success = Buffer.from('success');
const lessThan = 0x3c;

/** Fills `due` with random moments (milliseconds) at `perSecond` on average, up to `until`; returns how many. */
function fillPoisson(due: Float64Array, perSecond: number, until: number): number {
  let moment = 0;
  let count = 0;
  while (count < due.length) {
    moment += (-Math.log(1 - Math.random()) * 1000) / perSecond;
    if (moment >= until) break;
    due[count++] = moment;
  }
  return count;
}
