import { afterAll, describe, expect, it } from '@jest/globals';
import { renderContentFiles } from '../../../../src/features/content/files/export-content.js';
import { freezeContent } from '../../../../src/features/content/items/frozen-content.js';
import { ContentWorkThread } from '../../../../src/features/content/work/content-work-thread.js';
import { ContentWorkHere, type ContentWork } from '../../../../src/features/content/work/content-work.js';
import { buildContent } from '../../../support/content-builder.js';
import { hashOf } from '../../../support/content-services.js';

const entry = new URL('../../../support/content-thread.mjs', import.meta.url);
const thread = new ContentWorkThread([], entry);

afterAll(() => thread.stop());

const kinds: [string, ContentWork][] = [
  ['here', new ContentWorkHere([])],
  ['in a thread', thread],
];

const now = Date.parse('2026-11-22T08:00:00Z');
const files = Object.fromEntries(renderContentFiles(buildContent(), 'demo'));

describe.each(kinds)('work on content %s', (_name, work) => {
  it('renders files and reads them back', async () => {
    const frozen = await freezeContent(buildContent());
    expect(await work.render(frozen, 'demo')).toEqual(files);
    const parsed = await work.parse(files, 'demo');

    expect('content' in parsed && (await hashOf(parsed.content))).toBe(frozen.hash);
  });

  it('names every fault of the files', async () => {
    const faulty = { ...files, 'menus/demo/tree.yaml': '[]', 'menus/demo/more.yaml': '' };

    expect(await work.parse(faulty, 'demo')).toMatchObject({
      faults: [
        { file: 'menus/demo/more.yaml', rule: 'unknown_file' },
        { file: 'menus/demo/tree.yaml', rule: 'too_short' },
      ],
    });
  });

  it('lints', async () => {
    const frozen = await freezeContent(buildContent({ settings: { help: 'gone' } }));

    expect(await work.lint(frozen, now)).toContainEqual(
      expect.objectContaining({ rule: 'settings_reply_missing', severity: 'error' }),
    );
  });

  it('fails with a code when it cannot be done', async () => {
    const { lines, bytes } = await freezeContent(buildContent());

    await expect(work.lint({ lines, bytes, hash: 'wrong' }, now)).rejects.toMatchObject({
      code: 'stored_content_unreadable',
    });
  });
});

describe('the thread', () => {
  it('does several things that are asked at once', async () => {
    const frozen = await freezeContent(buildContent());
    const results = await Promise.all([thread.lint(frozen, now), thread.render(frozen, 'demo')]);

    expect(results[1]).toEqual(files);
  });

  it('fails what it was doing when it ends, and begins anew with the next', async () => {
    const frozen = await freezeContent(buildContent());
    const interrupted = thread.render(frozen, 'demo');
    await thread.stop();

    await expect(interrupted).rejects.toMatchObject({ code: 'content_thread_lost' });
    expect(await thread.render(frozen, 'demo')).toEqual(files);
  });
});
