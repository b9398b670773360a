import { onMounted, onUnmounted } from 'vue';

/** `mod` is Ctrl, or Command on a Mac: `mod+s`, `mod+enter`, `alt+arrowup`, `escape`. */
export type Hotkeys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** Keys that work anywhere on the page while the component is there; the browser's own meaning is dropped. */
export function useHotkeys(hotkeys: Hotkeys): void {
  const press = (event: KeyboardEvent) => {
    // Enter and the arrows choose among the candidates of an input method.
    if (event.isComposing) return;
    const act = hotkeys[nameKeys(event)];
    if (!act) return;
    event.preventDefault();
    act(event);
  };
  onMounted(() => window.addEventListener('keydown', press));
  onUnmounted(() => window.removeEventListener('keydown', press));
}

/** @returns such as `mod+shift+s` */
export function nameKeys(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): string {
  return [
    event.ctrlKey || event.metaKey ? 'mod' : '',
    event.altKey ? 'alt' : '',
    event.shiftKey ? 'shift' : '',
    event.key.toLowerCase(),
  ]
    .filter((part) => part !== '')
    .join('+');
}
