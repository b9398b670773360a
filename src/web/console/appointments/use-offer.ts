import { computed, type ComputedRef } from 'vue';
import type { OfferView } from '../../../api-types/appointments.js';
import { useLoad, type Load } from '../../shared/use-load.js';
import { useAccount } from '../session/use-account.js';
import { readOffer } from './appointment-calls.js';

/** How services and venues are called; what has been removed keeps its id. */
export interface OfferNamer {
  service(id: string): string;
  venue(id: string): string;
}

/** What can be booked in the account of the address. */
export function useOffer(): { offer: Load<OfferView>; names: ComputedRef<OfferNamer> } {
  const { accountId } = useAccount();
  const offer = useLoad(
    () => accountId.value,
    (account, signal) => readOffer({ params: { accountId: account } }, signal),
  );
  return { offer, names: computed(() => nameOffer(offer.data.value)) };
}

function nameOffer(offer: OfferView | undefined): OfferNamer {
  const services = new Map(offer?.services.map(({ value }) => [value.id, value.name]));
  const venues = new Map(offer?.venues.map(({ value }) => [value.id, value.name]));
  return { service: (id) => services.get(id) ?? id, venue: (id) => venues.get(id) ?? id };
}
