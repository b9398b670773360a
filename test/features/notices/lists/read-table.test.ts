import { describe, expect, it } from '@jest/globals';
import { strToU8, zipSync } from 'fflate';
import writeXlsxFile from 'write-excel-file/node';
import { readTable } from '../../../../src/features/notices/lists/read-table.js';

async function read(bytes: Buffer): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const row of readTable(bytes)) rows.push([...row]);
  return rows;
}

const rows = [
  ['openid', '姓名'],
  ['oABC', '张三'],
];
/** `openid,姓名` and `oABC,张三` in GB 18030. */
const chinese = Buffer.from('6f70656e69642cd0d5c3fb0d0a6f4142432cd5c5c8fd0d0a', 'hex');

/** An archive whose directory says that it unpacks to so many bytes. */
function claimingSize(bytes: number): Buffer {
  const file = Buffer.from(zipSync({ 'xl/worksheets/sheet1.xml': strToU8('<worksheet/>') }));
  file.writeUInt32LE(bytes, file.indexOf(Buffer.from('PK\x01\x02', 'latin1')) + 24);
  return file;
}

describe('a CSV file', () => {
  it.each([
    ['in UTF-8', Buffer.from('openid,姓名\noABC,张三\n')],
    ['in UTF-8 with a mark', Buffer.from('\uFEFFopenid,姓名\r\noABC,张三')],
    ['in GB 18030', chinese],
    ['in UTF-16 with a mark', Buffer.from('\uFEFFopenid\t姓名\r\noABC\t张三\r\n', 'utf16le')],
    ['with semicolons', Buffer.from('openid;姓名\noABC;张三\n')],
    ['with tabs', Buffer.from('openid\t姓名\noABC\t张三\n')],
    ['with quotation marks and spaces', Buffer.from('"openid" , "姓名"\n"oABC","张三"\n')],
  ])('%s is read', async (_, bytes) => {
    expect(await read(bytes)).toEqual(rows);
  });

  it('may hold commas, quotation marks and line breaks within quotation marks', async () => {
    expect(await read(Buffer.from('openid,备注\noABC,"一,""二""\n三"\n'))).toEqual([
      ['openid', '备注'],
      ['oABC', '一,"二"\n三'],
    ]);
  });

  it('keeps count of empty lines and of rows that are shorter', async () => {
    expect(await read(Buffer.from('openid,姓名\n\noABC\n'))).toEqual([['openid', '姓名'], [''], ['oABC']]);
  });

  it('whose quotation mark never ends is refused', async () => {
    await expect(read(Buffer.from(`openid\n"${'o'.repeat(200_000)}`))).rejects.toMatchObject({
      code: 'list_unreadable',
    });
  });

  it('that is empty has no rows', async () => {
    expect(await read(Buffer.alloc(0))).toEqual([]);
  });
});

describe('an Excel file', () => {
  it('is read as the texts that it shows', async () => {
    const file = await writeXlsxFile([
      ['openid', '电话', '日期', '时间', '是否'].map((value) => ({ value, type: String })),
      [
        { value: 'oABC', type: String },
        { value: 13800138000, type: Number },
        { value: new Date('2026-10-01T00:00:00Z'), type: Date, format: 'yyyy/mm/dd' },
        { value: new Date('2026-10-01T15:30:00Z'), type: Date, format: 'yyyy/mm/dd hh:mm' },
        { value: true, type: Boolean },
      ],
    ]).toBuffer();
    expect(await read(file)).toEqual([
      ['openid', '电话', '日期', '时间', '是否'],
      ['oABC', '13800138000', '2026年10月1日', '2026年10月1日 15:30', 'true'],
    ]);
  });

  it('of more rows than one page is read to its end', async () => {
    const many = Array.from({ length: 1_501 }, (_, row) => [{ value: `o${row}`, type: String }]);
    const found = await read(await writeXlsxFile(many).toBuffer());
    expect(found).toHaveLength(1_501);
    expect(found.at(-1)).toEqual(['o1500']);
  });

  it.each([
    ['another archive', Buffer.from(zipSync({ 'a.txt': strToU8('text') }))],
    ['cut off', Buffer.from('PK\x03\x04 and nothing else', 'latin1')],
    ['a bomb', claimingSize(400 * 1_024 * 1_024)],
  ])('that is %s is refused', async (_, bytes) => {
    await expect(read(bytes)).rejects.toMatchObject({ code: 'list_unreadable' });
  });
});
