import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { z } from 'zod';
import {
  editedMeanwhileSchema,
  type ActivityDetail,
  type ActivityPlanWire,
} from '../../../../api-types/activities.js';
import { ApiError } from '../../../shared/api-error.js';
import type { Action } from '../../../shared/create-use-action.js';
import { serverNow } from '../../../shared/server-clock.js';
import { useLoad, type Load } from '../../../shared/use-load.js';
import { useAccount } from '../../session/use-account.js';
import { compareFacts, type FactDifference } from '../../shared/compare-facts.js';
import { toast } from '../../shared/toast.js';
import { useAction } from '../../shared/use-action.js';
import { useUnsavedGuard } from '../../shared/use-unsaved-guard.js';
import { changeDraft, changePublished, createActivity, readActivity } from '../activity-calls.js';
import { describeActivity } from '../describe-activity.js';
import { newForm, readPlan, writePlan, type ActivityForm } from './activity-form.js';
import { kindOf } from './kind-of.js';
import { usePlanCheck, type PlanCheck } from './use-plan-check.js';

type Theirs = z.output<typeof editedMeanwhileSchema>;

export interface ActivityEditor {
  /** undefined: it is still being loaded, or the kind of a new one has not been chosen. */
  readonly form: Ref<ActivityForm | undefined>;
  readonly plan: ComputedRef<ActivityPlanWire | undefined>;
  readonly loaded: Load<ActivityDetail>;
  /** As it was last kept; undefined: it is new. */
  readonly activity: Readonly<ShallowRef<ActivityDetail | undefined>>;
  readonly mayChange: ComputedRef<boolean>;
  readonly isDirty: ComputedRef<boolean>;
  readonly check: PlanCheck;
  readonly save: Action<[]>;
  /** What somebody else has made of it meanwhile, and how it differs. */
  readonly theirs: Readonly<ShallowRef<Theirs | undefined>>;
  readonly differences: ComputedRef<FactDifference[]>;
  takeTheirs(): void;
  keepMine(): Promise<void>;
}

/**
 * An activity being set up: what the form says, what is wrong with it, and what was kept of it.
 * @param mayPublish asks whether a change of a published activity is meant, once its consequences are known.
 */
export function useActivityEditor(
  mayPublish: (activityId: string, plan: ActivityPlanWire, baseRevision: number) => Promise<boolean>,
): ActivityEditor {
  const route = useRoute();
  const router = useRouter();
  const account = useAccount();
  const params = () => ({ accountId: account.accountId.value });

  const wantedId = computed(() => String(route.params['activityId'] ?? '') || undefined);
  const loaded = useLoad(
    () => wantedId.value,
    (activityId, signal) => readActivity({ params: { ...params(), activityId } }, signal),
  );
  const activity = shallowRef<ActivityDetail>();
  const form = ref<ActivityForm>();
  const plan = computed(() => form.value && writePlan(form.value));
  const written = computed(() => JSON.stringify(plan.value ?? null));
  const saved = ref(written.value);
  const revision = ref(0);
  const theirs = shallowRef<Theirs>();

  function show(shown: ActivityPlanWire, shownRevision: number): void {
    form.value = readPlan(shown);
    revision.value = shownRevision;
    saved.value = written.value;
  }
  // One that was just made is loaded once more under its address: that must not undo what is typed meanwhile.
  watch(loaded.data, (detail) => {
    if (!detail || detail.activityId === activity.value?.activityId) return;
    activity.value = detail;
    show(detail.plan, detail.revision);
  });
  const kind = computed(() => (wantedId.value === undefined ? kindOf(route.query['kind']) : undefined));
  watch(
    kind,
    (chosen) => {
      if (wantedId.value !== undefined) return;
      activity.value = undefined;
      form.value = chosen && newForm(chosen, serverNow());
      saved.value = written.value;
    },
    { immediate: true },
  );

  const isPublished = computed(() => activity.value?.state === 'published');
  const mayChange = computed(() => {
    if (!isPublished.value) return activity.value?.state !== 'cancelled' && account.can('activities.edit');
    return !isOver(activity.value) && account.can('activities.publish');
  });
  const check = usePlanCheck(() => ({
    plan: plan.value,
    mayChange: mayChange.value,
    ...(isPublished.value &&
      activity.value && {
        published: { activityId: activity.value.activityId, baseRevision: revision.value },
      }),
  }));

  const isDirty = computed(() => written.value !== saved.value);
  useUnsavedGuard(() => isDirty.value);

  async function keep(wanted: ActivityPlanWire): Promise<ActivityDetail | undefined> {
    const { value: before } = activity;
    if (!before) return createActivity({ params: params(), body: { plan: wanted } });
    const input = {
      params: { ...params(), activityId: before.activityId },
      body: { plan: wanted, baseRevision: revision.value },
    };
    if (!isPublished.value) return changeDraft(input);
    return (await mayPublish(before.activityId, wanted, revision.value)) ? changePublished(input) : undefined;
  }

  const save = useAction(async () => {
    if (!plan.value || !mayChange.value) return;
    theirs.value = undefined;
    const kept = written.value;
    try {
      const detail = await keep(plan.value);
      if (!detail) return;
      activity.value = detail;
      revision.value = detail.revision;
      saved.value = kept;
      toast.done(isPublished.value ? '已保存，市民现在看到的就是新的' : '已保存');
      // A reload must find it again.
      if (wantedId.value !== detail.activityId)
        await router.replace({
          name: 'activity-edit',
          params: { ...params(), activityId: detail.activityId },
        });
    } catch (error) {
      theirs.value = error instanceof ApiError ? readTheirs(error) : undefined;
      if (!theirs.value) throw error;
    }
  });

  return {
    form,
    plan,
    loaded,
    activity,
    mayChange,
    isDirty,
    check,
    save,
    theirs,
    differences: computed(() =>
      theirs.value && plan.value
        ? compareFacts(describeActivity(plan.value), describeActivity(theirs.value.plan))
        : [],
    ),
    takeTheirs() {
      if (theirs.value) show(theirs.value.plan, theirs.value.revision);
      theirs.value = undefined;
    },
    async keepMine() {
      if (theirs.value) revision.value = theirs.value.revision;
      await save.run();
    },
  };
}

function isOver(activity: ActivityDetail | undefined): boolean {
  return activity !== undefined && Date.parse(activity.plan.endsAt) <= serverNow();
}

/** undefined: it was refused for something else. */
function readTheirs({ code, details }: ApiError): Theirs | undefined {
  return code === 'edited_meanwhile' ? editedMeanwhileSchema.safeParse(details).data : undefined;
}
