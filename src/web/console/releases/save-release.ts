import { strToU8, zipSync } from 'fflate';
import { readReleaseFiles } from './release-calls.js';

/** Hands the YAML files of a release to the browser as one zip. */
export async function saveRelease(accountId: string, number: number): Promise<void> {
  const { files } = await readReleaseFiles({ params: { accountId, number: String(number) } });
  const entries = Object.entries(files).map(([path, text]) => [path, strToU8(text)] as const);
  const zip = new Blob([zipSync(Object.fromEntries(entries))], { type: 'application/zip' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(zip);
  link.download = `${accountId}-${number}.zip`;
  link.click();
  URL.revokeObjectURL(link.href);
}
