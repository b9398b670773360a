import { addDays, businessDay } from '../../../core/business-day.js';
import { formPhrases } from '../form-phrases.js';
import type { StepOf } from '../form-model.js';
import { parseDay } from '../parse-day.js';
import type { Understood } from '../understand-answer.js';

/** A day of the calendar in Asia/Shanghai; `now` in milliseconds since the epoch, UTC. */
export function understandDate(step: StepOf<'date'>, raw: string, now: number): Understood {
  const limits = limitsOf(step, businessDay(now));
  const candidates = parseDay(raw, businessDay(now));
  if (candidates === null) return { fault: formPhrases.notDate };
  if (candidates.length === 0) return { fault: formPhrases.noSuchDate };
  const day = candidates.find((candidate) => isWithin(candidate, limits));
  return day === undefined ? { fault: describeLimits(limits) } : { answer: day };
}

interface Limits {
  earliest: string | undefined;
  latest: string | undefined;
}

function limitsOf({ earliest, latest }: StepOf<'date'>, today: string): Limits {
  const dayOf = (limit: string | number | undefined) =>
    typeof limit === 'number' ? addDays(today, limit) : limit;
  return { earliest: dayOf(earliest), latest: dayOf(latest) };
}

function isWithin(day: string, { earliest = day, latest = day }: Limits): boolean {
  return earliest <= day && day <= latest;
}

function describeLimits({ earliest, latest }: Limits): string {
  if (earliest === undefined) return formPhrases.dateUntil(latest ?? '');
  return latest === undefined ? formPhrases.dateFrom(earliest) : formPhrases.dateBetween(earliest, latest);
}
