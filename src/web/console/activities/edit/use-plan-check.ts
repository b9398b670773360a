import { computed, type ComputedRef } from 'vue';
import type { ActivityPlanWire, ActivityProblem } from '../../../../api-types/activities.js';
import { useLoad, type Load } from '../../../shared/use-load.js';
import { useSettled } from '../../draft/use-settled.js';
import { useAccount } from '../../session/use-account.js';
import { checkActivity, forecastChange } from '../activity-calls.js';
import { findFaults } from './find-faults.js';
import { sortProblems } from './place-problem.js';

export interface PlanCheck {
  /** What keeps it from being saved; without that, what the server says of the whole. Errors first. */
  readonly problems: ComputedRef<ActivityProblem[]>;
  /** Nothing keeps it from being saved. */
  readonly isReadable: ComputedRef<boolean>;
  /** What the server says. */
  readonly load: Load<ActivityProblem[]>;
}

export interface CheckedPlan {
  plan: ActivityPlanWire | undefined;
  /** Whoever cannot change it is told nothing. */
  mayChange: boolean;
  /** Citizens see it: what has begun may have begun already. Absent: it is a draft. */
  published?: { activityId: string; baseRevision: number };
}

/** What is wrong with a plan as it is written, a moment after it was. */
export function usePlanCheck(source: () => CheckedPlan): PlanCheck {
  const { accountId } = useAccount();
  const faults = computed(() => {
    const { plan } = source();
    return plan ? findFaults(plan) : [];
  });
  const isReadable = computed(() => source().plan !== undefined && faults.value.length === 0);
  const settled = useSettled(source);
  const load = useLoad(
    () => {
      const { plan, mayChange, published } = settled.value;
      return plan && mayChange && findFaults(plan).length === 0 ? { plan, published } : undefined;
    },
    async ({ plan, published }, signal) => {
      const params = { accountId: accountId.value };
      if (!published) return (await checkActivity({ params, body: { plan } }, signal)).problems;
      const { activityId, baseRevision } = published;
      const change = { params: { ...params, activityId }, body: { plan, baseRevision } };
      return (await forecastChange(change, signal)).problems;
    },
  );
  return {
    isReadable,
    load,
    problems: computed(() =>
      sortProblems(
        isReadable.value
          ? (load.data.value ?? [])
          : faults.value.map((fault) => ({ ...fault, severity: 'error', code: 'unreadable' })),
      ),
    ),
  };
}
