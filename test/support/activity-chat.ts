import type { Activity } from '../../src/features/activities/activity.js';
import { activityForms } from '../../src/features/activities/chat/activity-forms.js';
import { activityRequests } from '../../src/features/activities/chat/activity-requests.js';
import { accountId, monday, hour } from './activity-builders.js';
import { CitizenChat } from './booking-chat.js';
import { RegistrationDeskFake } from './fakes/registration-desk-fake.js';

export const pageOf = (account: string, path: string) => `https://example.gov.cn/h5/${account}/${path}`;

/** Activities in memory, and citizens who register for them by chat. */
export class ActivityChat extends CitizenChat {
  readonly clock: { now: number };
  readonly desk: RegistrationDeskFake;

  constructor(...activities: Activity[]) {
    const clock = { now: monday + hour };
    const desk = new RegistrationDeskFake(activities, clock);
    const parts = { desk, activities: desk, tickets: desk, pageOf };
    super(activityRequests(parts), () => clock.now, accountId, activityForms);
    this.clock = clock;
    this.desk = desk;
  }

  pass(minutes: number): void {
    this.clock.now += minutes * 60_000;
  }
}
