import type { Content } from '../../src/dialog/content-model.js';
import { loadContentFiles } from '../../src/features/content/files/load-content-files.js';

/** The content of the sample account. */
export async function readSample(root: string): Promise<Content> {
  const loaded = await loadContentFiles(root, 'pingan-meizhou');
  if ('faults' in loaded) throw new Error(`the sample content has ${loaded.faults.length} faults`);
  return loaded.content;
}
