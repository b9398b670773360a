import type { AppointmentView, Citizen } from './booking-desk.js';
import type { NamedAppointment } from './chat-phrases.js';
import type { OfferReader } from './offer-reader.js';

/** What services and halls are called, paused ones too. */
export type OfferFinder = Pick<OfferReader, 'findService' | 'findVenue'>;

export async function nameAppointment(
  names: OfferFinder,
  { accountId }: Citizen,
  view: AppointmentView,
): Promise<NamedAppointment> {
  const [service, venue] = await Promise.all([
    names.findService(accountId, view.service),
    names.findVenue(accountId, view.venue),
  ]);
  return { view, service, venue };
}
