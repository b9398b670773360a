import { nextTick, watch } from 'vue';
import { useRoute } from 'vue-router';
import { focusField } from '../shared/focus-field.js';

/**
 * Brings the field into view that the address names, `?field=steps.2`, once the form is there: where a finding leads.
 */
export function useFieldFocus(isReady: () => boolean): void {
  const route = useRoute();
  watch(
    () => ({ field: route.query['field'], isReady: isReady() }),
    async ({ field, isReady }) => {
      if (!isReady || typeof field !== 'string') return;
      await nextTick();
      focusField(field);
    },
    { immediate: true },
  );
}
