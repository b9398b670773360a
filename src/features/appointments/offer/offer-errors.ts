import { UserError } from '../../../core/errors.js';
import type { OfferItem, OfferKind } from './offer-item.js';
import { offerTexts } from './offer-texts.js';

/** `no_such_service`, `no_such_venue`, … */
export function noSuch(kind: OfferKind): UserError {
  return new UserError(`no_such_${kind}`, offerTexts.noSuch(offerTexts.kinds[kind]), { status: 404 });
}

/** Somebody else has changed or removed it in between. */
export function versionConflict(theirs: OfferItem | null): UserError {
  if (!theirs) return new UserError('version_conflict', offerTexts.gone, { status: 409 });
  const { updatedBy, updatedAt, version, value } = theirs;
  return new UserError('version_conflict', offerTexts.versionConflict(updatedBy.name), {
    status: 409,
    details: { updatedBy: updatedBy.name, updatedAt: updatedAt.toISOString(), version, theirs: value },
  });
}

export function serviceInUse(): UserError {
  return new UserError('service_in_use', offerTexts.serviceInUse, { status: 409 });
}

export function venueInUse(): UserError {
  return new UserError('venue_in_use', offerTexts.venueInUse, { status: 409 });
}

/** A schedule names a service or a venue that there is not. */
export function unknownService(): UserError {
  return new UserError('no_such_service', offerTexts.unknownService, { status: 422 });
}

export function unknownVenue(): UserError {
  return new UserError('no_such_venue', offerTexts.unknownVenue, { status: 422 });
}

/** Citizens stand in places that would close; `details.count` of them. Said again with `closesBooked`, it is done. */
export function wouldCloseBooked(count: number): UserError {
  return new UserError('would_close_booked', offerTexts.wouldClose(count), {
    status: 409,
    details: { count },
  });
}

export function dayOver(): UserError {
  return new UserError('day_over', offerTexts.dayOver, { status: 422 });
}

export function badOrder(): UserError {
  return new UserError('bad_order', offerTexts.notAll, { status: 422 });
}
