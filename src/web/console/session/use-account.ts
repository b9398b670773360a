import { computed, type ComputedRef } from 'vue';
import { useRoute } from 'vue-router';
import type { Permission } from '../../../api-types/permissions.js';
import { useSession } from './session-store.js';

export interface CurrentAccount {
  accountId: ComputedRef<string>;
  name: ComputedRef<string>;
  /** Whether the person may do this in the account. The server decides; this only hides what it would refuse. */
  can(permission: Permission): boolean;
}

/** The official account that the address names. */
export function useAccount(): CurrentAccount {
  const route = useRoute();
  const store = useSession();
  const accountId = computed(() => String(route.params['accountId'] ?? ''));
  const account = computed(() => store.accounts.find((one) => one.accountId === accountId.value));
  return {
    accountId,
    name: computed(() => account.value?.name ?? ''),
    can: (permission) => account.value?.permissions.includes(permission) ?? false,
  };
}
