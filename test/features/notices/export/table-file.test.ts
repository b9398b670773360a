import { describe, expect, it } from '@jest/globals';
import { readSheet } from 'read-excel-file/node';
import { deliveryColumns, toDeliveryRow } from '../../../../src/features/notices/export/delivery-table.js';
import { toCsv, toXlsx } from '../../../../src/features/notices/export/table-file.js';
import { buildDelivery } from '../../../support/delivery-builders.js';

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
    const file = await gather(toXlsx(['甲', '乙', '丙'], rowsOf(...rows)));
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
    const chunks = toXlsx(['甲', '乙'], many());
    await chunks.next();
    expect(read).toBeLessThan(2_000);
    expect(
      await readSheet(await gather(toXlsx(['甲'], rowsOf(...Array.from({ length: 5_000 }, () => ['x']))))),
    ).toHaveLength(5_001);
    await chunks.return(undefined);
  });

  it('as a CSV file has no formulas', async () => {
    const file = await gather(toCsv(['甲', '乙'], rowsOf(['=1+1', '一,二'])));
    expect(file.toString()).toBe('\uFEFF甲,乙\r\n\'=1+1,"一,二"\r\n');
  });
});

describe('the record of a recipient', () => {
  it('is a row that a clerk understands', () => {
    const row = toDeliveryRow(
      buildDelivery({
        row: 0,
        state: 'refused',
        channel: 'template',
        reason: 'receiver_permanent:43004',
        passed: [{ channel: 'customer_service', reason: 'no_window' }],
        attempts: 2,
        updatedAt: new Date('2026-11-22T16:30:05Z'),
      }),
    );
    expect(row).toHaveLength(deliveryColumns.length);
    expect(row).toEqual([
      '1',
      expect.any(String),
      '发不了',
      '模板消息',
      '没有关注公众号',
      '客服消息：48 小时内没有给公众号发过消息，客服消息发不了',
      '2',
      '',
      '',
      '2026-11-23 00:30:05',
    ]);
  });
});
