import { describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import { readFaults } from '../../../../src/web/console/files/read-faults.js';
import { packFiles, readUpload } from '../../../../src/web/console/files/read-upload.js';

const account = 'pingan-meizhou';

function file(name: string, content: Uint8Array | string) {
  const bytes = typeof content === 'string' ? strToU8(content) : content;
  return { name, arrayBuffer: async () => Uint8Array.from(bytes).buffer };
}

describe('what somebody uploads', () => {
  it('is the same as what was downloaded', async () => {
    const files = {
      [`menus/${account}/tree.yaml`]: '- id: a',
      [`replies/${account}/traffic.yaml`]: 'replies: []',
    };
    const upload = await readUpload([file('a.zip', await packFiles(files))], account);

    expect(upload).toEqual({ files, ignored: [], isWhole: true });
  });

  it('may lie in a folder within the archive; what is no YAML is left out', async () => {
    const archive = zipSync({
      [`backup/menus/${account}/tree.yaml`]: strToU8('树'),
      'backup/readme.txt': strToU8('x'),
      [`__MACOSX/menus/${account}/._tree.yaml`]: strToU8('x'),
    });
    const { files, ignored } = await readUpload([file('a.zip', archive)], account);

    expect(files).toEqual({ [`menus/${account}/tree.yaml`]: '树' });
    expect(ignored).toHaveLength(2);
  });

  it('is put by its name where single files belong, and replaces only those', async () => {
    const upload = await readUpload([file('tree.yaml', 'a'), file('traffic.yaml', 'b')], account);

    expect(upload).toMatchObject({
      files: { [`menus/${account}/tree.yaml`]: 'a', [`replies/${account}/traffic.yaml`]: 'b' },
      isWhole: false,
    });
  });

  it('is refused with a sentence when it is no archive, or unpacks to far too much', async () => {
    await expect(readUpload([file('a.zip', 'no archive')], account)).rejects.toThrow(
      '“a.zip”不是完好的 zip 压缩包',
    );
    const bomb = zipSync({ 'menus/a/tree.yaml': new Uint8Array(20_000_000) });
    await expect(readUpload([file('b.zip', bomb)], account)).rejects.toThrow('“b.zip”里的内容太大');
  });
});

describe('the faults of files', () => {
  it('are listed by file and line', () => {
    const fault = (name: string, line: number) => ({ file: name, line, column: 1, message: '缩进不对' });
    const details = { faults: [fault('b', 2), fault('a', 9), fault('b', 1)] };

    expect(readFaults({ code: 'bad_content_files', details })?.map(({ file, line }) => [file, line])).toEqual(
      [
        ['a', 9],
        ['b', 1],
        ['b', 2],
      ],
    );
    expect(readFaults({ code: 'draft_changed', details })).toBeUndefined();
  });
});
