import { describe, expect, it } from '@jest/globals';
import { readSheet } from 'read-excel-file/node';
import { toCsv, toXlsx } from '../../src/core/table-file.js';

async function* rowsOf(...rows: string[][]) {
  yield* rows;
}

async function gather(chunks: AsyncIterable<string | Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(Buffer.from(chunk as string));
  return Buffer.concat(all);
}

describe('a table', () => {
  it('as an Excel file is read again as it was', async () => {
    const rows = [
      ['=1+1', '<b>&"\u0007', ''],
      ['一', '二 ', '😀'],
    ];
    const file = await gather(toXlsx('表', ['甲', '乙', '丙'], rowsOf(...rows)));
    expect(await readSheet(file)).toEqual([
      ['甲', '乙', '丙'],
      ['=1+1', '<b>&"', null],
      ['一', '二', '😀'],
    ]);
  });

  it('of many rows is handed on while it is written', async () => {
    let read = 0;
    async function* many() {
      for (; read < 20_000; read += 1) yield [`row ${read}`, 'x'.repeat(50)];
    }
    const chunks = toXlsx('表', ['甲', '乙'], many());
    await chunks.next();
    expect(read).toBeLessThan(2_000);
    expect(
      await readSheet(
        await gather(toXlsx('表', ['甲'], rowsOf(...Array.from({ length: 5_000 }, () => ['x'])))),
      ),
    ).toHaveLength(5_001);
    await chunks.return(undefined);
  });

  it('as a CSV file has no formulas', async () => {
    const file = await gather(toCsv(['甲', '乙'], rowsOf(['=1+1', '一,二'])));
    expect(file.toString()).toBe('\uFEFF甲,乙\r\n\'=1+1,"一,二"\r\n');
  });
});
