import { describe, expect, it } from '@jest/globals';
import { toAudienceQuery } from '../../../src/features/audience/audience-query.js';

describe('the rules of a segment as a query', () => {
  it('take every follower where there are none', () => {
    expect(toAudienceQuery({ conditions: [] })).toEqual({ filter: { tags: [] }, bookings: [] });
  });

  it('take the days of Asia/Shanghai whole, both included', () => {
    const { filter } = toAudienceQuery({
      conditions: [{ kind: 'followed', from: '2026-11-01', to: '2026-11-30' }],
    });
    expect(filter).toMatchObject({
      followedFrom: new Date('2026-10-31T16:00:00Z'),
      followedBefore: new Date('2026-11-30T16:00:00Z'),
    });
  });

  it('leave an open end open', () => {
    expect(toAudienceQuery({ conditions: [{ kind: 'followed', to: '2026-11-30' }] }).filter).toEqual({
      tags: [],
      followedBefore: new Date('2026-11-30T16:00:00Z'),
    });
  });

  it('apply all: the later beginning, the earlier end, the districts of both, a tag of each list', () => {
    const { filter, bookings } = toAudienceQuery({
      conditions: [
        { kind: 'followed', from: '2026-11-01' },
        { kind: 'followed', from: '2026-10-01', to: '2026-12-31' },
        { kind: 'followed', to: '2026-11-30' },
        { kind: 'district', districts: ['梅江区', '梅县区'] },
        { kind: 'district', districts: ['梅县区', '兴宁市'] },
        { kind: 'tag', tagIds: [101, 102] },
        { kind: 'tag', tagIds: [103] },
        { kind: 'booked', day: '2026-11-24' },
        { kind: 'closed_visit', day: '2026-11-25', venue: 'hall' },
        { kind: 'used_service', services: ['id-card'] },
      ],
    });
    expect(filter).toEqual({
      tags: [[101, 102], [103]],
      districts: ['梅县区'],
      followedFrom: new Date('2026-10-31T16:00:00Z'),
      followedBefore: new Date('2026-11-30T16:00:00Z'),
    });
    expect(bookings).toEqual([
      { kind: 'booked', day: '2026-11-24' },
      { kind: 'closed_visit', day: '2026-11-25', venue: 'hall' },
      { kind: 'used_service', services: ['id-card'] },
    ]);
  });
});
