import type { Target } from './content-model.js';

/**
 * The key that a button of the bottom menu carries: `node:<id>`, `reply:<id>` or `form:<id>`. At most 70 bytes
 * (WeChat: 128).
 */
export function buttonKey(target: Target): string {
  if ('form' in target) return `form:${target.form}`;
  return 'node' in target ? `node:${target.node}` : `reply:${target.reply}`;
}

/** What a button's key leads to; null for a key that `buttonKey` does not make. */
export function parseButtonKey(key: string): Target | null {
  if (key.startsWith('node:')) return { node: key.slice('node:'.length) };
  if (key.startsWith('reply:')) return { reply: key.slice('reply:'.length) };
  if (key.startsWith('form:')) return { form: key.slice('form:'.length) };
  return null;
}
