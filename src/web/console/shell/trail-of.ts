import type { ConsolePage } from './console-page.js';

/** The page of that name below those above it, the highest first. */
export function trailOf(name: string | undefined, pages: readonly ConsolePage[]): ConsolePage[] {
  const page = name === undefined ? undefined : pages.find((one) => one.name === name);
  return page ? [...trailOf(page.meta.parent, pages), page] : [];
}
