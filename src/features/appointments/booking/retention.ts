import { addDays } from '../../../core/business-day.js';

/**
 * How long a visit stays on record, in days after it: so that a citizen can ask about it, object to a missed visit,
 * and an administrative review (60 days, 行政复议法 §20) finds it. The privacy notice names it.
 */
export const visitRetentionDays = 180;
/** How long a form that was not finished, an offer or a wait that came to nothing stays, in days. */
export const lapsedRetentionDays = 30;

/** When a visit on that day is deleted. */
export function visitExpiry(day: string): Date {
  return startOfDay(addDays(day, visitRetentionDays + 1));
}

/** @param at milliseconds since the epoch, UTC. */
export function lapsedExpiry(at: number): Date {
  return new Date(at + lapsedRetentionDays * 86_400_000);
}

/** Midnight in Asia/Shanghai. */
export function startOfDay(day: string): Date {
  return new Date(`${day}T00:00:00+08:00`);
}
