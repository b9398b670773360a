import { scheduleSchema, serviceSchema, venueSchema } from '../offer.js';
import { scheduleId } from './offer-item.js';
import type { SeededItem } from './offer-seeder.js';

const rules = {
  limit: { count: 1, per: 'ahead' },
  leadMinutes: 60,
  horizonDays: 14,
  releasesAt: '08:00',
  cancelUntilMinutes: 120,
  offerMinutes: 30,
  noShow: { count: 3, withinDays: 180, blockDays: 30 },
};

/** What to bring is taken from the replies of the sample content. */
const services = [
  {
    id: 'id-card',
    name: '身份证',
    materials: [
      '户口簿',
      '换领的带原身份证',
      '补领的，户口簿、居住证、社会保障卡、护照、驾驶证任带一样（以窗口为准）',
    ],
    guide: 'id-card',
  },
  {
    id: 'exit-entry',
    name: '出入境证件',
    materials: [
      '身份证；户口簿建议带上',
      '符合出入境证件标准的照片（以窗口为准）',
      '《中国公民出入境证件申请表》',
      '换证的带原证件',
    ],
    guide: 'exit-entry',
  },
  {
    id: 'traffic',
    name: '车驾管业务',
    materials: [
      '身份证',
      '换驾驶证的，带医疗机构出具的身体条件证明（半年内有效）',
      '代办的：代理人身份证和委托书',
    ],
    guide: 'traffic',
  },
].map((service) => serviceSchema.parse({ ...rules, note: '示例事项，以窗口公布为准', ...service }));

const venues = [
  { id: 'hall-a', name: '示例办证大厅A', note: '示例大厅，地址以大厅公布为准' },
  { id: 'hall-b', name: '示例办证大厅B', note: '示例大厅，地址以大厅公布为准' },
].map((venue) => venueSchema.parse(venue));

const hours = {
  weekdays: [1, 2, 3, 4, 5],
  periods: [
    { from: '09:00', to: '12:00' },
    { from: '14:30', to: '17:30' },
  ],
  slotMinutes: 30,
  perCounter: 3,
};

const schedules = [
  { service: 'id-card', venue: 'hall-a', counters: ['1号窗口', '2号窗口'] },
  { service: 'id-card', venue: 'hall-b', counters: ['1号窗口'] },
  { service: 'exit-entry', venue: 'hall-a', counters: ['3号窗口', '4号窗口'] },
  { service: 'traffic', venue: 'hall-b', counters: ['2号窗口', '3号窗口'] },
].map((schedule) => scheduleSchema.parse({ ...hours, ...schedule }));

/** Something to try booking with: the services of the sample content, at two halls that are marked as examples. */
export const demoOffer: readonly SeededItem[] = [
  ...services.map((value) => ({ kind: 'service', id: value.id, value }) as const),
  ...venues.map((value) => ({ kind: 'venue', id: value.id, value }) as const),
  ...schedules.map((value) => ({ kind: 'schedule', id: scheduleId(value), value }) as const),
];
