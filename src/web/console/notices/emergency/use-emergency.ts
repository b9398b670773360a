import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue';
import { useRouter } from 'vue-router';
import type {
  NoticeForecast,
  NoticePlanView,
  NoticeView,
  PresetView,
} from '../../../../api-types/notices.js';
import type { Action } from '../../../shared/create-use-action.js';
import { useLoad, type Load } from '../../../shared/use-load.js';
import { useSettled } from '../../draft/use-settled.js';
import { useAccount } from '../../session/use-account.js';
import { toast } from '../../shared/toast.js';
import { useAction } from '../../shared/use-action.js';
import { useUnsavedGuard } from '../../shared/use-unsaved-guard.js';
import { changeNotice, createNotice, forecastNotice, submitNotice } from '../notice-calls.js';
import type { NoticeForm } from '../compose/notice-form.js';
import { emergencyForm, emergencyPlan } from './emergency-plan.js';

export interface Emergency {
  /** Undefined until a text is chosen. */
  readonly form: Ref<NoticeForm | undefined>;
  readonly plan: ComputedRef<NoticePlanView | undefined>;
  readonly forecast: Load<NoticeForecast>;
  /** Whether the forecast speaks of what is written now. */
  readonly isSettled: ComputedRef<boolean>;
  /** Whether the author has confirmed how many and how; another text takes it back. */
  readonly isConfirmed: ComputedRef<boolean>;
  confirm(isConfirmed: boolean): void;
  choose(preset: Pick<PresetView, 'title' | 'text'>): void;
  readonly submit: Action<[]>;
  /** Keeps it as a draft and goes on in the page where everything can be changed. */
  readonly openFully: Action<[]>;
}

/** An emergency notice being written, in as few steps as there can be. */
export function useEmergency(): Emergency {
  const router = useRouter();
  const { accountId } = useAccount();
  const params = () => ({ accountId: accountId.value });
  const form = ref<NoticeForm>();
  const plan = computed(() => form.value && emergencyPlan(form.value));
  const written = computed(() => JSON.stringify(plan.value));
  const confirmed = ref('');
  /** Kept by an attempt to submit that came no further. */
  const kept = shallowRef<NoticeView>();
  const isLeft = ref(false);
  useUnsavedGuard(() => form.value !== undefined && !isLeft.value);

  const settled = useSettled(() => plan.value);
  const forecast = useLoad(
    () => (settled.value && settled.value.content.body ? settled.value : undefined),
    (wanted, signal) => forecastNotice({ params: params(), body: { plan: wanted } }, signal),
  );

  async function keep(wanted: NoticePlanView): Promise<NoticeView> {
    const { value: before } = kept;
    kept.value = before
      ? await changeNotice({
          params: { ...params(), id: before.id },
          body: { revision: before.revision, plan: wanted },
        })
      : await createNotice({ params: params(), body: { plan: wanted } });
    return kept.value;
  }

  const submit = useAction(async () => {
    if (!plan.value || confirmed.value !== written.value) return;
    const { id, revision } = await keep(plan.value);
    await submitNotice({ params: { ...params(), id }, body: { revision } });
    isLeft.value = true;
    toast.done('已送审，请马上通知另一个人批准');
    await router.push({ name: 'notice', params: { ...params(), id } });
  });
  const openFully = useAction(async () => {
    if (!plan.value) return;
    const { id } = await keep(plan.value);
    isLeft.value = true;
    await router.push({ name: 'notice-compose', params: { ...params(), id } });
  });

  return {
    form,
    plan,
    forecast,
    isSettled: computed(
      () =>
        JSON.stringify(settled.value) === written.value &&
        !forecast.loading.value &&
        forecast.error.value === undefined &&
        forecast.data.value !== undefined,
    ),
    isConfirmed: computed(() => confirmed.value !== '' && confirmed.value === written.value),
    confirm(isConfirmed) {
      confirmed.value = isConfirmed ? written.value : '';
    },
    choose({ title, text }) {
      form.value = emergencyForm(title, text);
      // Whoever chooses once need not wait for the typing to end.
      confirmed.value = '';
    },
    submit,
    openFully,
  };
}
