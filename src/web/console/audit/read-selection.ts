import type { AddressFilter } from '../shared/use-address-filter.js';

export type AuditFilterName = 'scope' | 'staffId' | 'action' | 'objectId' | 'from' | 'to';

const isoDay = /^\d{4}-\d{2}-\d{2}$/;

/**
 * What the staff API is asked for.
 * `from` and `to` are business days in Asia/Shanghai, both included; there, no day is shorter or longer than others.
 */
export function readSelection(filter: Pick<AddressFilter<AuditFilterName>, 'get'>) {
  const given = (name: AuditFilterName) => filter.get(name) || undefined;
  return {
    staffId: given('staffId'),
    action: given('action'),
    objectId: given('objectId'),
    from: startOf(filter.get('from'), 0),
    to: startOf(filter.get('to'), 1),
  };
}

function startOf(day: string, daysLater: number): string | undefined {
  const midnight = isoDay.test(day) ? Date.parse(`${day}T00:00:00+08:00`) : Number.NaN;
  return Number.isNaN(midnight) ? undefined : new Date(midnight + daysLater * 86_400_000).toISOString();
}
