import { onMounted, onUnmounted } from 'vue';

/** Where typing means something else. */
const elsewhere = 'input, textarea, select, [contenteditable], [role=dialog], [role=listbox], [role=grid]';

/**
 * Gives the digits that are typed anywhere on the page to one field, and the focus to it when the page opens: a
 * scanner types wherever the cursor happens to be.
 */
export function useTypingCatcher(focusField: () => void): void {
  const press = ({ key, ctrlKey, metaKey, altKey, target }: KeyboardEvent) => {
    if (ctrlKey || metaKey || altKey || !/^\d$/.test(key)) return;
    if (target instanceof Element && target.closest(elsewhere)) return;
    // The focus moves before the digit is put in, so the field gets this one too.
    focusField();
  };
  onMounted(() => {
    window.addEventListener('keydown', press);
    // After the heading, which is focused when a page has been opened.
    requestAnimationFrame(focusField);
  });
  onUnmounted(() => window.removeEventListener('keydown', press));
}
