import { computed, type ComputedRef } from 'vue';
import type { FindingView, ItemKindName } from '../../../api-types/content.js';
import { useAccount } from '../session/use-account.js';
import { ApiError } from '../../shared/api-error.js';
import { useLoad } from '../../shared/use-load.js';
import { tryItem } from './draft-calls.js';
import { useSettled } from './use-settled.js';

export interface Trial {
  /** What the linter would say of the item as it is typed, and what would be new elsewhere. */
  readonly findings: ComputedRef<readonly FindingView[]>;
  /** Those about rows of a list, by their position. */
  rowFaults(field: string): ReadonlyMap<number, string>;
}

/** Asks the server, while somebody types, what is wrong with an item; what is not complete yet is not judged. */
export function useTrial(kind: ItemKindName, item: () => { id: string; value: unknown } | undefined): Trial {
  const { accountId } = useAccount();
  const settled = useSettled(item);
  const trial = useLoad(
    () => settled.value,
    async ({ id, value }, signal) => {
      try {
        const body = { kind, id, value };
        return await tryItem({ params: { accountId: accountId.value }, body }, signal);
      } catch (error) {
        if (error instanceof ApiError && error.code === 'invalid_item') return { findings: [] };
        throw error;
      }
    },
  );
  const findings = computed(() => (item() === undefined ? [] : (trial.data.value?.findings ?? [])));
  return {
    findings,
    rowFaults(field) {
      const own = item()?.id;
      const rows = new Map<number, string>();
      for (const { where, message } of findings.value) {
        const [name, row] = where.field?.split('.') ?? [];
        if (where.kind === kind && where.id === own && name === field && row !== undefined)
          rows.set(Number(row), message);
      }
      return rows;
    },
  };
}
