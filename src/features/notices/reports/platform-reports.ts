import { BackgroundLoop } from '../../../core/background-loop.js';
import type { Clock } from '../../../core/clock.js';
import { GroupCommit } from '../../../core/group-commit.js';
import type { CitizenMessage } from '../../../core/messages.js';
import type { ConsentLedger } from '../consent-ledger.js';
import type { NoticeTally } from '../engine/notice-tally.js';
import type { MassCallStore } from '../mass-call-store.js';
import { readReports, type DeliveryReport, type PlatformReport } from './platform-report.js';
import type { EarlyReport, EarlyReportStore, ReportedDeliveries, WaitingReport } from './report-stores.js';

export interface PlatformReportsParts {
  deliveries: ReportedDeliveries;
  massCalls: Pick<MassCallStore, 'report'>;
  consents: Pick<ConsentLedger, 'record'>;
  early: EarlyReportStore;
  tally: Pick<NoticeTally, 'unreachable'>;
  clock: Clock;
  onFailure: (error: unknown) => void;
}

/** What a message of the platform was: none of these, a report, or news of a consent, which the chat keeps as well. */
export type TakenReport = 'none' | 'report' | 'consent';

const commitOptions = { maxBatch: 200, maxConcurrent: 2 };
const pollMs = 1_000;
const matchedAtOnce = 500;
/** The answer of a call is written down within seconds of its report, if it is ours. */
const firstPauseMs = 1_000;
const longestPauseMs = 6 * 3_600_000;

/**
 * What the platform reports of messages and consents, on record before the platform is told that it arrived. A report
 * that comes before its message is on record waits for it.
 */
export class PlatformReports {
  readonly #parts: PlatformReportsParts;
  readonly #commits: GroupCommit<PlatformReport, true>;
  readonly #matcher: BackgroundLoop;

  constructor(parts: PlatformReportsParts) {
    this.#parts = parts;
    this.#commits = new GroupCommit((reports) => this.#keep(reports), commitOptions);
    this.#matcher = new BackgroundLoop({
      work: (signal) => this.matchEarly(signal),
      pauseMs: pollMs,
      onFailure: parts.onFailure,
    });
  }

  /** Matches early reports again and again. */
  start(): void {
    this.#matcher.start();
  }

  stop(): Promise<void> {
    return this.#matcher.stop();
  }

  /** Durable when it resolves. Rejects when it could not be kept: the platform has to send it again. */
  async take(message: CitizenMessage): Promise<TakenReport> {
    const reports = readReports(message, new Date(this.#parts.clock.now()));
    await Promise.all(reports.map((report) => this.#commits.add(report)));
    if (reports.length === 0) return 'none';
    return reports.some(({ kind }) => kind === 'consent') ? 'consent' : 'report';
  }

  /** One round over the reports that wait for their message. @returns how many found it. */
  async matchEarly(signal?: AbortSignal): Promise<number> {
    const { early, clock } = this.#parts;
    for (let matched = 0; ;) {
      const due = await early.listDue(new Date(clock.now()), matchedAtOnce);
      if (due.length === 0 || signal?.aborted) return matched;
      const unknown = new Set(await this.#match(due.map(({ report }) => report)));
      const found = due.filter(({ report }) => !unknown.has(report));
      await early.remove(found);
      await this.#postpone(due.filter(({ report }) => unknown.has(report)));
      matched += found.length;
    }
  }

  async #keep(reports: readonly PlatformReport[]): Promise<true[]> {
    const { consents, early, clock } = this.#parts;
    await consents.record(reports.filter((report) => report.kind === 'consent'));
    const unknown = await this.#match(reports.filter((report) => report.kind !== 'consent'));
    await early.addMany(unknown, new Date(clock.now() + firstPauseMs));
    return reports.map(() => true);
  }

  /** @returns those whose message is not on record. */
  async #match(reports: readonly EarlyReport[]): Promise<EarlyReport[]> {
    const { deliveries, massCalls, tally } = this.#parts;
    const about = reports.filter((report): report is DeliveryReport => report.kind === 'delivery');
    const known = await deliveries.settle(about);
    const unknown: EarlyReport[] = [];
    for (const report of reports) {
      const isKnown =
        report.kind === 'delivery'
          ? known.has(report.messageId)
          : await massCalls.report(report.accountId, report.messageId, report.report);
      if (!isKnown) unknown.push(report);
      else if (report.kind === 'delivery' && report.isBlocked)
        tally.unreachable(report.accountId, report.openid, 'report:user block');
    }
    return unknown;
  }

  /** Twice as long each time, so that what is not ours costs next to nothing. */
  async #postpone(reports: readonly WaitingReport[]): Promise<void> {
    const { early, clock } = this.#parts;
    for (const tried of new Set(reports.map(({ tries }) => tries))) {
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (tried + 1));
      const same = reports.filter(({ tries }) => tries === tried);
      await early.postpone(same, new Date(clock.now() + pauseMs));
    }
  }
}
