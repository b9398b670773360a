import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { renderContentFiles } from '../../../src/features/content/files/export-content.js';
import { loadContentFiles } from '../../../src/features/content/files/load-content-files.js';
import { buildContent } from '../../support/content-builder.js';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'suishen-content-'));
});

afterEach(() => rm(root, { recursive: true }));

/** A sound content on disk, with some files replaced or (null) left out. */
async function writeContent(changes: Record<string, string | Uint8Array | null> = {}): Promise<void> {
  const files = new Map<string, string | Uint8Array | null>([
    ...renderContentFiles(buildContent(), 'demo'),
    ...Object.entries(changes),
  ]);
  for (const [file, text] of files) {
    if (text === null) continue;
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
}

/** The faults, as `file:line:column rule message`. */
async function load(): Promise<string[]> {
  const loaded = await loadContentFiles(root, 'demo');
  if (!('faults' in loaded)) return [];
  return loaded.faults.map(
    ({ file, line, column, rule, message }) => `${file}:${line}:${column} ${rule} ${message}`,
  );
}

const extra = 'replies/demo/zz.yaml';

describe('content files', () => {
  it('become content', async () => {
    await writeContent();
    const loaded = await loadContentFiles(root, 'demo');

    expect(loaded).toMatchObject({ content: { settings: { name: '平安某市（示例）' } } });
  });

  it('may begin with a byte order mark, as some editors write it', async () => {
    await writeContent({ [extra]: '\ufeffrules: []\n' });

    expect(await load()).toEqual([]);
  });

  it('need not name buttons and scenes', async () => {
    await writeContent({ 'menus/demo/buttons.yaml': null, 'menus/demo/scenes.yaml': null });

    expect(await loadContentFiles(root, 'demo')).toMatchObject({ content: { buttons: [], scenes: [] } });
  });

  it('tell where each piece stands', async () => {
    await writeContent({
      [extra]: 'replies:\n  - id: late\n    title: 晚\n    type: text\n    text: 晚到的回复\n',
    });
    const loaded = await loadContentFiles(root, 'demo');
    if ('faults' in loaded) throw new Error('the content is sound');
    const index = loaded.content.replies.findIndex(({ id }) => id === 'late');

    expect(loaded.locate(['replies', index, 'text'])).toEqual({ file: extra, line: 5, column: 11 });
    expect(loaded.locate(['replies', index, 'reviewed'])).toEqual({ file: extra, line: 2, column: 5 });
    expect(loaded.locate(['settings', 'name'])).toEqual({
      file: 'menus/demo/settings.yaml',
      line: 1,
      column: 7,
    });
    expect(loaded.locate(['tree', 2, 'children', 0, 'title'])).toMatchObject({
      file: 'menus/demo/tree.yaml',
      line: 29,
    });
  });

  it('are all named when they are missing', async () => {
    await mkdir(join(root, 'menus/demo'), { recursive: true });

    expect(await load()).toEqual([
      'menus/demo/settings.yaml:1:1 missing_file 缺少这个文件',
      'menus/demo/tree.yaml:1:1 missing_file 缺少这个文件',
      'menus/demo/emergency.yaml:1:1 missing_file 缺少这个文件',
      expect.stringMatching(/^replies\/demo:1:1 unreadable_file 读不出来：.*ENOENT/),
    ]);
  });

  it('must be files that are known; hidden ones are passed over', async () => {
    await writeContent({
      'menus/demo/more.yaml': 'a: 1',
      'replies/demo/note.txt': '记',
      'menus/demo/.DS_Store': '',
    });

    expect(await load()).toEqual([
      'menus/demo/more.yaml:1:1 unknown_file 不认识的文件：这里只放约定的 .yaml 文件',
      'replies/demo/note.txt:1:1 unknown_file 不认识的文件：这里只放约定的 .yaml 文件',
    ]);
  });

  it('must hold at least one reply', async () => {
    await writeContent();
    await rm(join(root, 'replies'), { recursive: true });
    await mkdir(join(root, 'replies/demo'), { recursive: true });

    expect(await load()).toEqual(['replies/demo:1:1 no_replies 一条回复也没有']);
  });

  it('of an account whose name is a path are refused', async () => {
    await expect(loadContentFiles(root, '../demo')).rejects.toThrow();
  });

  it('that lead elsewhere and nowhere are named', async () => {
    await writeContent();
    await symlink(join(root, 'nowhere'), join(root, extra));

    expect(await load()).toEqual([expect.stringContaining(`${extra}:1:1 unreadable_file`)]);
  });
});

describe('a content file', () => {
  it.each([
    ['a wrong indent', 'replies:\n  - id: a\n title: b\n', /:\d+:\d+ yaml_syntax 不是正确的 YAML/],
    ['a tab as indent', 'replies:\n\t- id: a\n', /zz\.yaml:2:1 yaml_syntax .*Tab/],
    ['a key written twice', 'rules: []\nrules: []\n', /zz\.yaml:2:1 duplicate_key/],
    ['two documents', 'rules: []\n---\nrules: []\n', /zz\.yaml:2:1 yaml_syntax .*---/],
    ['an alias', 'rules: &all []\nreplies: *all\n', /zz\.yaml:2:10 alias_refused/],
    ['a tag of its own', 'rules: !evil []\n', /zz\.yaml:1:8 tag_refused/],
    ['a tag of YAML’s', 'rules: !!seq []\n', /tag_refused/],
    ['a list instead of keys', '- a\n', /zz\.yaml:1:1 wrong_type 应当是一组“键: 值”/],
    ['nothing', '# 空\n', /zz\.yaml:1:1 wrong_type/],
    ['brackets without end', '['.repeat(100_000), /nested_too_deep|yaml_syntax/],
    ['a key that pollutes', '__proto__: { rules: [] }\n', /zz\.yaml:1:1 unknown_key 不认识的键“__proto__”/],
  ])('must not hold %s', async (_what, text, fault) => {
    await writeContent({ [extra]: text });

    expect(await load()).toContainEqual(expect.stringMatching(fault));
  });

  it('must be UTF-8', async () => {
    await writeContent({ [extra]: Uint8Array.of(0x72, 0xff) });

    expect(await load()).toEqual([`${extra}:1:1 not_utf8 不是 UTF-8 编码的文字`]);
  });

  it('must not be larger than any real one', async () => {
    await writeContent({ [extra]: `# ${'长'.repeat(700_000)}\n` });

    expect(await load()).toEqual([expect.stringContaining(`${extra}:1:1 file_too_large`)]);
  });

  it('is told about every fault at its line', async () => {
    await writeContent({
      [extra]: [
        'replies:',
        '  - id: Bad Id',
        '    title: 甲',
        '    type: text',
        '    txt: 写错了键',
        '  - id: link',
        '    title: 乙',
        '    type: guide',
        '    summary: 摘要',
        '    reviewed: 2026-13-01',
        '    fee: { buro: 待定 }',
        '    online: { title: 网, url: "ftp://example.gov.cn" }',
        '  - id: kind',
        '    title: 丙',
        '    type: poem',
        'rules:',
        '  - id: rule',
        '    whole: [110]',
        '    priority: 101',
        '    to: { replly: help }',
      ].join('\n'),
    });

    expect(await load()).toEqual([
      `${extra}:2:9 bad_format 格式不对：只能用小写字母、数字和单个连字符`,
      `${extra}:2:5 missing_key 缺少“text”`,
      `${extra}:5:5 unknown_key 不认识的键“txt”`,
      `${extra}:11:10 missing_key 缺少“bureau”`,
      `${extra}:11:12 unknown_key 不认识的键“buro”`,
      `${extra}:12:30 bad_format 格式不对：要写完整的 http 或 https 网址`,
      `${extra}:10:15 bad_format 格式不对：日期写作 YYYY-MM-DD`,
      `${extra}:15:11 not_one_of 应当是 text、guide、articles、image、voice、video、music、transfer 之一`,
      `${extra}:18:13 wrong_type 应当是文字；纯数字请加引号，如 "110"`,
      `${extra}:19:15 out_of_range 数字不能大于 100`,
      `${extra}:20:9 missing_key 缺少“reply”`,
      `${extra}:20:11 unknown_key 不认识的键“replly”`,
    ]);
  });

  it('must not repeat an id of another file', async () => {
    await writeContent({
      [extra]: 'replies:\n  - { id: help, title: 又, type: text, text: 又一个 }\n',
    });

    expect(await load()).toEqual([`${extra}:2:5 duplicate_id 标识“help”用了不止一次`]);
  });

  it('does not hide the faults of the others', async () => {
    await writeContent({
      [extra]: 'rules: 1',
      'menus/demo/tree.yaml': '[]',
      'menus/demo/settings.yaml': 'name: 1',
    });
    const files = new Set((await load()).map((fault) => fault.split(':')[0]));

    expect(files).toEqual(new Set([extra, 'menus/demo/tree.yaml', 'menus/demo/settings.yaml']));
  });
});
