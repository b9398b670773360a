import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type {
  NoticeFinding,
  NoticeForecast,
  NoticePlanView,
  NoticeView,
} from '../../../../api-types/notices.js';
import { ApiError } from '../../../shared/api-error.js';
import type { Action } from '../../../shared/create-use-action.js';
import { useLoad, type Load } from '../../../shared/use-load.js';
import { useSettled } from '../../draft/use-settled.js';
import { useAccount } from '../../session/use-account.js';
import { toast } from '../../shared/toast.js';
import { useAction } from '../../shared/use-action.js';
import { useUnsavedGuard } from '../../shared/use-unsaved-guard.js';
import { changeNotice, createNotice, forecastNotice, readNotice, submitNotice } from '../notice-calls.js';
import { relocateFinding, sortFindings } from './finding-place.js';
import {
  beginForm,
  findMissing,
  findUnreadable,
  readPlan,
  untitled,
  writePlan,
  type NoticeForm,
} from './notice-form.js';

export interface Composer {
  readonly form: Ref<NoticeForm>;
  /** The plan as it is written now. */
  readonly plan: ComputedRef<NoticePlanView>;
  /** The draft that the address names. */
  readonly loaded: Load<NoticeView>;
  /** The draft as it was last kept; undefined: it is a new one, or still being loaded. */
  readonly draft: Readonly<ShallowRef<NoticeView | undefined>>;
  /** What is being reviewed may be changed, too, and is a draft again by that. */
  readonly mayChange: ComputedRef<boolean>;
  /** What the page shows is being reviewed, or more. */
  readonly isSubmitted: ComputedRef<boolean>;
  readonly isDirty: ComputedRef<boolean>;
  readonly forecast: Load<NoticeForecast>;
  /** What keeps it from being sent as it is, errors first. */
  readonly findings: ComputedRef<NoticeFinding[]>;
  /** Whether the forecast speaks of what is written now. */
  readonly isSettled: ComputedRef<boolean>;
  readonly save: Action<[]>;
  readonly submit: Action<[]>;
  /** What somebody else has made of it meanwhile. */
  readonly theirs: Readonly<ShallowRef<NoticeView | undefined>>;
  takeTheirs(): void;
  keepMine(): Promise<void>;
}

/** A notice being written: what the form says, what would come of it, and what was kept of it. */
export function useComposer(): Composer {
  const route = useRoute();
  const router = useRouter();
  const { accountId } = useAccount();
  const params = () => ({ accountId: accountId.value });

  const form = ref<NoticeForm>(beginForm());
  const plan = computed(() => writePlan(form.value));
  const written = computed(() => JSON.stringify(plan.value));
  const saved = ref(written.value);
  const theirs = shallowRef<NoticeView>();

  const draft = shallowRef<NoticeView>();
  const wantedId = computed(() => String(route.params['id'] ?? '') || undefined);
  const loaded = useLoad(
    () => wantedId.value,
    (id, signal) => readNotice({ params: { ...params(), id } }, signal),
  );

  function show(notice: NoticeView): void {
    draft.value = notice;
    form.value = readPlan(notice);
    saved.value = written.value;
  }
  // A draft that was just made is loaded once more under its address: that must not undo what is typed meanwhile.
  watch(loaded.data, (notice) => {
    if (notice && notice.id !== draft.value?.id) show(notice);
  });
  // From a draft to the menu's 写推送.
  watch(wantedId, (id) => {
    if (id !== undefined) return;
    draft.value = undefined;
    form.value = beginForm();
    saved.value = written.value;
  });

  const missing = computed(() => [...findMissing(form.value), ...findUnreadable(plan.value)]);
  const settled = useSettled(() => ({ accountId: accountId.value, plan: plan.value }));
  const forecast = useLoad(
    () => (readable(form.value, settled.value.plan) ? settled.value : undefined),
    ({ accountId, plan }, signal) =>
      forecastNotice(
        { params: { accountId }, body: { plan: { ...plan, title: plan.title || untitled } } },
        signal,
      ),
  );
  const isSettled = computed(
    () =>
      missing.value.length === 0 &&
      JSON.stringify(settled.value.plan) === written.value &&
      !forecast.loading.value &&
      forecast.error.value === undefined,
  );

  async function keep(): Promise<NoticeView> {
    theirs.value = undefined;
    const body = { plan: plan.value };
    const kept = written.value;
    const { value: before } = draft;
    try {
      const notice = before
        ? await changeNotice({
            params: { ...params(), id: before.id },
            body: { ...body, revision: before.revision },
          })
        : await createNotice({ params: params(), body });
      draft.value = notice;
      saved.value = kept;
      return notice;
    } catch (error) {
      if (before && error instanceof ApiError && error.status === 409)
        theirs.value = await readNotice({ params: { ...params(), id: before.id } });
      throw error;
    }
  }

  const state = computed(() => draft.value?.state ?? 'draft');
  const isDirty = computed(() => written.value !== saved.value);
  useUnsavedGuard(() => isDirty.value);

  const save = useAction(async () => {
    const { id } = await keep();
    toast.done('草稿已保存');
    // A reload must find it again.
    if (wantedId.value !== id) await router.replace({ name: 'notice-compose', params: { ...params(), id } });
  });

  const submit = useAction(async () => {
    const { value: before } = draft;
    const { id, revision } = before?.state === 'draft' && !isDirty.value ? before : await keep();
    await submitNotice({ params: { ...params(), id }, body: { revision } });
    toast.done('已送审');
    await router.push({ name: 'notice', params: { ...params(), id } });
  });

  return {
    form,
    plan,
    loaded,
    draft,
    mayChange: computed(() => ['draft', 'preparing', 'pending'].includes(state.value)),
    isSubmitted: computed(() => state.value !== 'draft' && !isDirty.value),
    isDirty,
    forecast,
    findings: computed(() => {
      const told = forecast.data.value?.findings ?? [];
      const { channels } = settled.value.plan;
      return sortFindings([...missing.value, ...told.map((finding) => relocateFinding(finding, channels))]);
    }),
    isSettled,
    save,
    submit,
    theirs,
    takeTheirs() {
      if (!theirs.value) return;
      show(theirs.value);
      theirs.value = undefined;
    },
    async keepMine() {
      if (!theirs.value) return;
      draft.value = theirs.value;
      await save.run();
    },
  };
}

/** The title may be written last. */
function readable(form: NoticeForm, plan: NoticePlanView): boolean {
  return findMissing(form).every(({ field }) => field === 'title') && findUnreadable(plan).length === 0;
}
