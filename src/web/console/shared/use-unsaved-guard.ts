import { onMounted, onUnmounted } from 'vue';
import { onBeforeRouteLeave, onBeforeRouteUpdate } from 'vue-router';
import { confirm } from './confirm.js';

/**
 * Asks before typed text is lost: when the page is left, the account switched, or the tab closed.
 * @returns a question for the page's own ways out, such as another row of a list: whether to go on.
 */
export function useUnsavedGuard(isDirty: () => boolean): () => Promise<boolean> {
  const mayLeave = async () =>
    !isDirty() ||
    confirm({
      title: '还没有保存',
      text: '离开后，这里没有保存的修改会丢失。',
      confirm: '不保存，离开',
      dangerous: true,
    });
  onBeforeRouteLeave(mayLeave);
  onBeforeRouteUpdate((to, from) => to.path === from.path || mayLeave());

  const warn = (event: BeforeUnloadEvent) => {
    if (isDirty()) event.preventDefault();
  };
  onMounted(() => window.addEventListener('beforeunload', warn));
  onUnmounted(() => window.removeEventListener('beforeunload', warn));
  return mayLeave;
}
