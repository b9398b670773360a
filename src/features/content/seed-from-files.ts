import { OperationalError } from '../../core/errors.js';
import type { ContentService } from './content-service.js';
import { loadContentFiles } from './files/load-content-files.js';

/**
 * Publishes the files below `root` as the first release of an account; an account that has one keeps it.
 *
 * @returns whether it published.
 * @throws OperationalError `bad_content_files`, `details.faults` naming file, line and rule of each fault;
 *   UserError `content_has_faults` when the linter refuses.
 */
export async function seedFromFiles(
  service: ContentService,
  root: string,
  accountId: string,
): Promise<boolean> {
  if (await service.findLive(accountId)) return false;
  const loaded = await loadContentFiles(root, accountId);
  if ('faults' in loaded) {
    const faults = loaded.faults.map(
      ({ file, line, column, rule, message }) => `${file}:${line}:${column} ${rule} ${message}`,
    );
    throw new OperationalError('bad_content_files', faults.join('\n'), { details: { faults } });
  }
  return (await service.seed(accountId, loaded.content)).published;
}
