import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ensureFieldKeys, findFieldKeys } from '../../src/storage/field-keys.js';
import { temporaryFolder } from '../support/temp-folder.js';

describe('the keys under the data folder', () => {
  it('are made once, for their owner alone, and found from then on', async () => {
    const folder = join(await temporaryFolder('keys'), 'data');
    expect(await findFieldKeys(folder)).toBeUndefined();
    const keys = await ensureFieldKeys(folder);
    expect([keys.key.length, keys.hashKey.length]).toEqual([32, 32]);
    expect(keys.key).not.toEqual(keys.hashKey);
    expect((await stat(join(folder, 'field-keys.json'))).mode & 0o777).toBe(0o600);
    expect(await ensureFieldKeys(folder)).toEqual(keys);
    expect(await findFieldKeys(folder)).toEqual(keys);
  });

  it('are the same for processes that start at once', async () => {
    const folder = await temporaryFolder('keys');
    const all = await Promise.all(Array.from({ length: 8 }, () => ensureFieldKeys(folder)));
    expect(new Set(all.map(({ key }) => key.toString('hex'))).size).toBe(1);
    expect(await readdir(folder)).toEqual(['field-keys.json']);
  });

  it.each(['', '{}', '{"key":"c2hvcnQ=","hashKey":"c2hvcnQ="}'])(
    'that are damaged (%s) stop the start, and are not replaced',
    async (text) => {
      const folder = await temporaryFolder('keys');
      await writeFile(join(folder, 'field-keys.json'), text);
      await expect(ensureFieldKeys(folder)).rejects.toMatchObject({ code: 'field_keys_unreadable' });
    },
  );
});
