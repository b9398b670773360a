import { useRoute, useRouter } from 'vue-router';

export interface AddressFilter<Name extends string> {
  /** Empty: it does not matter. */
  get(name: Name): string;
  set(name: Name, value: string | undefined): void;
}

/** The filter of a list as part of the address: a reload, the way back, and a link sent to somebody keep it. */
export function useAddressFilter<Name extends string>(): AddressFilter<Name> {
  const route = useRoute();
  const router = useRouter();
  return {
    get(name) {
      const value = route.query[name];
      return typeof value === 'string' ? value : '';
    },
    set(name, value) {
      void router.replace({ query: { ...route.query, [name]: value === '' ? undefined : value } });
    },
  };
}
