import type { Delivery } from './delivery.js';
import type { RowsOf } from './delivery-store.js';

export const deliveriesName = 'notice_deliveries';

/** A row as it is stored. */
export interface DeliveryRecord extends Delivery {
  /** `<notice>:<preparation>:<row>`, the numbers padded: unique and in order without an index of their own. */
  _id: string;
  expiresAt: Date;
}

const dayMs = 86_400_000;
/** After the last change. */
const keptMs = 180 * dayMs;

export function deliveryId({ id, preparation }: Pick<RowsOf, 'id' | 'preparation'>, row: number): string {
  return `${rowsPrefix(id, preparation)}${String(row).padStart(8, '0')}`;
}

export function idOfDelivery({ noticeId, preparation, row }: Delivery): string {
  return deliveryId({ id: noticeId, preparation }, row);
}

/** All rows of a preparation, of those after a row, by their ids. */
export function idsOf(
  { id, preparation }: Pick<RowsOf, 'id' | 'preparation'>,
  after = -1,
): { $gt: string; $lt: string } {
  const prefix = rowsPrefix(id, preparation);
  return { $gt: after < 0 ? prefix : deliveryId({ id, preparation }, after), $lt: `${prefix}~` };
}

/** Of all preparations before this one. */
export function idsBefore({ id, preparation }: Pick<RowsOf, 'id' | 'preparation'>): {
  $gt: string;
  $lt: string;
} {
  return { $gt: `${id}:`, $lt: rowsPrefix(id, preparation) };
}

export function toRecord(delivery: Delivery): DeliveryRecord {
  return { _id: idOfDelivery(delivery), ...delivery, expiresAt: expiryFrom(delivery.updatedAt) };
}

export function fromRecord({ _id, expiresAt: _expiresAt, ...delivery }: DeliveryRecord): Delivery {
  return delivery;
}

/** The same all day long (UTC), so that a change of a row seldom costs a change of the index. */
export function expiryFrom(at: Date): Date {
  return new Date(Math.ceil(at.getTime() / dayMs) * dayMs + keptMs);
}

function rowsPrefix(noticeId: string, preparation: number): string {
  return `${noticeId}:${String(preparation).padStart(4, '0')}:`;
}
