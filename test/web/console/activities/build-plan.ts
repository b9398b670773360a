import type { ActivityPlanWire } from '../../../../src/api-types/activities.js';

type Group = ActivityPlanWire['groups'][number];

export function buildGroup(overrides: Partial<Group> = {}): Group {
  return { id: 'all', name: '全体', quota: 40, condition: {}, ...overrides };
}

/** Free, first come; on a Saturday from nine to half past eleven in Beijing. */
export function buildPlan(overrides: Partial<ActivityPlanWire> = {}): ActivityPlanWire {
  return {
    kind: 'registration',
    title: '警营开放日',
    description: '',
    place: '示例公安局',
    startsAt: '2026-12-05T01:00:00.000Z',
    endsAt: '2026-12-05T03:30:00.000Z',
    opensAt: '2026-11-24T01:00:00.000Z',
    closesAt: '2026-12-03T10:00:00.000Z',
    quota: 40,
    groups: [buildGroup()],
    questions: [],
    mode: 'first_come',
    needsApproval: false,
    hasWaitingList: true,
    feeFen: 0,
    refundRules: [],
    paymentMinutes: 30,
    offerMinutes: 120,
    limitPerPerson: 1,
    checkInMinutes: 60,
    ...overrides,
  };
}
