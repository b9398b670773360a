import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { ApiError } from '../../../shared/api-error.js';
import type { Action } from '../../../shared/create-use-action.js';
import { compareFacts, type FactDifference, type Facts } from '../../shared/compare-facts.js';
import { useAction } from '../../shared/use-action.js';
import { askBeforeClosing } from './close-booked.js';
import { readOfferConflict, type OfferConflict } from './offer-conflict.js';

export interface OfferFormOptions<Form, Value> {
  /** Holds what it begins with. */
  form: Ref<Form>;
  /** 0: it is new. */
  version: number;
  read: (value: unknown) => Form;
  write: (form: Form) => Value;
  describe: (value: Value) => Facts;
  save: (edit: { value: Value; baseVersion: number; closesBooked: boolean }) => Promise<unknown>;
  onSaved: () => void;
}

/** What a drawer shows around the fields. */
export interface OfferEditing {
  readonly isDirty: ComputedRef<boolean>;
  readonly action: Action<[]>;
  /** Somebody else was faster; what was typed is still in the form. */
  readonly conflict: Readonly<ShallowRef<OfferConflict | undefined>>;
  readonly differences: ComputedRef<FactDifference[]>;
  /** Takes what they have saved into the form. */
  takeTheirs(): void;
  /** Saves the form over what they have saved. */
  keepMine(): Promise<void>;
}

export interface OfferForm<Form> extends OfferEditing {
  readonly form: Ref<Form>;
}

/** Something of the offer in a form: saved on the version that was seen, and asked for once more where it does harm. */
export function useOfferForm<Form, Value>(options: OfferFormOptions<Form, Value>): OfferForm<Form> {
  const { form, write, read, describe } = options;
  const version = ref(options.version);
  const saved = ref(JSON.stringify(write(form.value)));
  const conflict = shallowRef<OfferConflict>();

  const action = useAction(async () => {
    conflict.value = undefined;
    const value = write(form.value);
    try {
      const isSaved = await askBeforeClosing((closesBooked) =>
        options.save({ value, baseVersion: version.value, closesBooked }),
      );
      if (!isSaved) return;
      saved.value = JSON.stringify(value);
      options.onSaved();
    } catch (error) {
      conflict.value = error instanceof ApiError ? readOfferConflict(error) : undefined;
      if (!conflict.value) throw error;
    }
  });

  return {
    form,
    action,
    conflict,
    isDirty: computed(() => JSON.stringify(write(form.value)) !== saved.value),
    differences: computed(() =>
      conflict.value
        ? compareFacts(describe(write(form.value)), describe(write(read(conflict.value.theirs))))
        : [],
    ),
    takeTheirs() {
      if (!conflict.value) return;
      form.value = read(conflict.value.theirs);
      version.value = conflict.value.version;
      saved.value = JSON.stringify(write(form.value));
      conflict.value = undefined;
    },
    async keepMine() {
      if (!conflict.value) return;
      version.value = conflict.value.version;
      await action.run();
    },
  };
}
