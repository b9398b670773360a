import { describe, expect, it } from '@jest/globals';
import { deliveryColumns, toDeliveryRow } from '../../../../src/features/notices/export/delivery-table.js';
import { buildDelivery } from '../../../support/delivery-builders.js';

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
