import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { ItemKindName, ItemView } from '../../../api-types/content.js';
import { useAccount } from '../session/use-account.js';
import { ApiError } from '../../shared/api-error.js';
import { toast } from '../shared/toast.js';
import type { Action } from '../../shared/create-use-action.js';
import { useAction } from '../shared/use-action.js';
import { useLoad, type Load } from '../../shared/use-load.js';
import { compareFields, isSame, readConflict, takeFields, type Conflict } from './conflict.js';
import { putItem, readItem } from './draft-calls.js';
import { noteDraftChange } from './draft-changes.js';

export interface ItemOptions<Form> {
  kind: ItemKindName;
  /** undefined: nothing is edited. */
  id: () => string | undefined;
  /** What a new item begins with; absent, or undefined for this id: it must be there. */
  begin?: (id: string) => Form | undefined;
  /** The form for a value of the draft. */
  read: (value: unknown) => Form;
  /** What is saved; blank rows and fields left out. */
  write: (form: Form) => unknown;
  /** Fields that change by other means and are always taken as the draft has them. */
  pinned?: readonly string[];
  onSaved?: (item: ItemView) => void;
}

/** An item of the draft in a form. */
export interface ItemEditor<Form> {
  readonly kind: ItemKindName;
  readonly id: ComputedRef<string | undefined>;
  readonly load: Load<{ item: ItemView | null }>;
  /** undefined until the item has been loaded. */
  readonly form: Ref<Form | undefined>;
  /** What would be saved now. */
  readonly value: ComputedRef<unknown>;
  readonly isNew: ComputedRef<boolean>;
  readonly isDirty: ComputedRef<boolean>;
  /** Somebody else was faster; what was typed is still in the form. */
  readonly conflict: Readonly<ShallowRef<Conflict | undefined>>;
  readonly action: Action<[]>;
  /** @returns whether the draft now holds what the form says. */
  save(): Promise<boolean>;
  /** Ends a conflict with this value: saves it, unless it is what the draft holds already. */
  settle(value: unknown): Promise<boolean>;
  /** Back to the form; the conflict comes again with the next save. */
  postpone(): void;
  /** Takes back what was typed. */
  revert(): void;
  /** Reads the item again; what was typed stays as long as only pinned fields have changed. */
  refresh(): Promise<void>;
}

/** Loads an item, holds what is typed, saves it, and notices when somebody else was faster. */
export function useItem<Form>(options: ItemOptions<Form>): ItemEditor<Form> {
  const { kind, read, write } = options;
  const { accountId } = useAccount();
  const id = computed(options.id);
  const form: Ref<Form | undefined> = ref();
  const version = ref(0);
  /** The value that the draft holds, as far as is known here. */
  const saved = shallowRef<unknown>();
  const conflict = shallowRef<Conflict>();

  const load = useLoad(
    () => (id.value === undefined ? undefined : { accountId: accountId.value, id: id.value }),
    async ({ accountId, id }, signal) => {
      if (options.begin?.(id) !== undefined) return { item: null };
      return { item: await readItem({ params: { accountId, kind, id } }, signal) };
    },
  );
  watch(id, () => forget(), { flush: 'sync' });
  watch(load.data, (data) => data && show(data.item), { flush: 'sync' });

  const value = computed(() => (form.value === undefined ? undefined : write(form.value)));
  const isNew = computed(() => form.value !== undefined && version.value === 0);
  const isDirty = computed(() => form.value !== undefined && !isSame(value.value, saved.value));

  function show(item: ItemView | null): void {
    conflict.value = undefined;
    version.value = item?.version ?? 0;
    form.value = item ? read(item.value) : options.begin?.(id.value ?? '');
    saved.value = form.value === undefined ? undefined : write(form.value);
  }

  function forget(): void {
    form.value = undefined;
    conflict.value = undefined;
    version.value = 0;
  }

  const action = useAction(async () => {
    const own = id.value;
    if (own === undefined || form.value === undefined) return;
    const sent = write(form.value);
    // Blank rows go, so that what the server says of the third row is about the third.
    form.value = read(sent);
    try {
      const { items } = await putItem({
        params: { accountId: accountId.value, kind, id: own },
        body: { baseVersion: version.value, value: sent },
      });
      const item = items.find((one) => one.kind === kind && one.id === own);
      if (own !== id.value) return;
      saved.value = sent;
      conflict.value = undefined;
      if (!item) return;
      version.value = item.version;
      noteDraftChange();
      options.onSaved?.(item);
    } catch (error) {
      conflict.value = error instanceof ApiError ? readConflict(error, sent, options.pinned) : undefined;
      if (!conflict.value) throw error;
    }
  });

  async function save(): Promise<boolean> {
    return (await action.run()) && conflict.value === undefined;
  }

  async function refresh(): Promise<void> {
    if (!isDirty.value || id.value === undefined) return load.reload();
    const params = { accountId: accountId.value, kind, id: id.value };
    const item = await readItem({ params }).catch(() => undefined);
    const { pinned = [] } = options;
    const changed =
      item && compareFields({ mine: saved.value, theirs: write(read(item.value)), base: undefined });
    // Whatever else has changed is a conflict, which the next save brings up.
    if (!item || item.id !== id.value || changed?.some(({ field }) => !pinned.includes(field))) return;
    form.value = read(takeFields(value.value, item.value, pinned));
    version.value = item.version;
    saved.value = write(read(item.value));
  }

  return {
    kind,
    id,
    load,
    form,
    value,
    isNew,
    isDirty,
    conflict,
    action,
    save,
    async settle(chosen) {
      const open = conflict.value;
      if (!open) return false;
      conflict.value = undefined;
      version.value = open.version;
      if (chosen !== null) form.value = read(chosen);
      saved.value = open.theirs === null ? null : write(read(open.theirs));
      if (chosen === null || isSame(write(read(chosen)), saved.value)) {
        toast.done(`已换成 ${open.by} 的版本`);
        if (chosen === null) await load.reload();
        return true;
      }
      return save();
    },
    postpone() {
      conflict.value = undefined;
    },
    revert() {
      if (saved.value !== undefined && saved.value !== null) form.value = read(saved.value);
    },
    refresh,
  };
}
