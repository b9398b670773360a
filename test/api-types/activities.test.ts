import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { activityPlanWireSchema, planFromWire, planToWire } from '../../src/api-types/activities.js';
import { activityPlanSchema, type ActivityPlan } from '../../src/features/activities/activity.js';
import { buildActivityPlan, buildGroup } from '../support/activity-builders.js';

const instant = fc.date({
  min: new Date('2000-01-01T00:00:00Z'),
  max: new Date('2100-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const group = fc
  .record(
    { quota: fc.integer({ min: 1, max: 100 }), startsAt: instant, endsAt: instant, feeFen: fc.nat(1_000) },
    { requiredKeys: ['quota'] },
  )
  .map((overrides) => buildGroup(overrides));
const plans: fc.Arbitrary<ActivityPlan> = fc
  .record({
    startsAt: instant,
    endsAt: instant,
    opensAt: instant,
    closesAt: instant,
    groups: fc.array(group, { minLength: 1, maxLength: 5 }),
  })
  .map((overrides) => buildActivityPlan(overrides));

describe('a plan as JSON', () => {
  it('comes back as it was, whatever it is', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const sent = activityPlanWireSchema.parse(JSON.parse(JSON.stringify(planToWire(plan))));
        expect(activityPlanSchema.parse(planFromWire(sent))).toEqual(plan);
      }),
    );
  });

  it('takes no instant without its zone', () => {
    const plan = { ...planToWire(buildActivityPlan()), startsAt: '2026-11-28T09:00:00' };
    expect(activityPlanWireSchema.safeParse(plan).success).toBe(false);
  });
});
