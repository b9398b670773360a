/** Brings the field into view that a finding names, such as `steps.2`. Fields are marked by `data-field`; the nearest counts. */
export function focusField(field: string): void {
  const place = findPlace(field);
  place?.scrollIntoView({ block: 'center' });
  place?.querySelector<HTMLElement>('input, textarea, select, button')?.focus();
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
