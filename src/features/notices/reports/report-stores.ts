import type { DeliveryReport, MassCallReport } from './platform-report.js';

/** The view of the deliveries of those who match reports. */
export interface ReportedDeliveries {
  /** Writes what is reported of messages that are on record. @returns the ids of those whose report is known now. */
  settle(reports: readonly DeliveryReport[]): Promise<ReadonlySet<string>>;
}

/** A report about a message that is not on record yet: the report was faster, or the message is not ours. */
export type EarlyReport = DeliveryReport | MassCallReport;

export interface WaitingReport {
  id: string;
  report: EarlyReport;
  tries: number;
}

/** Reports that wait for their message; for a week. */
export interface EarlyReportStore {
  /** Unique by account and message: a repeat changes nothing. */
  addMany(reports: readonly EarlyReport[], dueAt: Date): Promise<void>;
  listDue(now: Date, limit: number): Promise<WaitingReport[]>;
  postpone(reports: readonly WaitingReport[], dueAt: Date): Promise<void>;
  remove(reports: readonly WaitingReport[]): Promise<void>;
}
