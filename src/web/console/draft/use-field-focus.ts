import { nextTick, watch } from 'vue';
import { useRoute } from 'vue-router';

/**
 * Brings the field into view that the address names, `?field=steps.2`, once the form is there: where a finding leads.
 * Fields are marked by `data-field`; the one that comes nearest counts.
 */
export function useFieldFocus(isReady: () => boolean): void {
  const route = useRoute();
  watch(
    () => ({ field: route.query['field'], isReady: isReady() }),
    async ({ field, isReady }) => {
      if (!isReady || typeof field !== 'string') return;
      await nextTick();
      const place = findPlace(field);
      place?.scrollIntoView({ block: 'center' });
      place?.querySelector<HTMLElement>('input, textarea, select, button')?.focus();
    },
    { immediate: true },
  );
}

function findPlace(field: string): HTMLElement | undefined {
  const parts = field.split('.');
  while (parts.length > 0) {
    const place = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(parts.join('.'))}"]`);
    if (place) return place;
    parts.pop();
  }
  return undefined;
}
