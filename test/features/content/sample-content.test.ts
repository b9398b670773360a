import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadContentFiles } from '../../../src/features/content/files/load-content-files.js';
import { programForms } from '../../../src/forms.js';
import { lintContent } from '../../../src/features/content/lint-content.js';

const root = join(import.meta.dirname, '../../..');

describe('the sample content', () => {
  it('can be published as it is', async () => {
    const loaded = await loadContentFiles(root, 'pingan-meizhou');
    if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults, undefined, 2));
    const errors = lintContent(loaded.content, { now: Date.now(), forms: programForms }).filter(
      ({ severity }) => severity === 'error',
    );

    expect(errors).toEqual([]);
  });
});
