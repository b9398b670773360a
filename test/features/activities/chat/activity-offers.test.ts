import { beforeEach, describe, expect, it } from '@jest/globals';
import { activityForms } from '../../../../src/features/activities/chat/activity-forms.js';
import {
  activityRequests,
  withActivityOffers,
} from '../../../../src/features/activities/chat/activity-requests.js';
import { appointmentForms } from '../../../../src/features/appointments/appointment-forms.js';
import { appointmentRequests } from '../../../../src/features/appointments/appointment-requests.js';
import type { RequestHandler } from '../../../../src/features/conversations/dialog-requests.js';
import {
  accountId,
  buildActivity,
  buildForm,
  buildGroup,
  citizen,
  hour,
  monday,
} from '../../../support/activity-builders.js';
import { pageOf } from '../../../support/activity-chat.js';
import { buildService, buildSlot, buildVenue, CitizenChat } from '../../../support/booking-chat.js';
import { BookingDeskFake } from '../../../support/fakes/booking-desk-fake.js';
import { RegistrationDeskFake } from '../../../support/fakes/registration-desk-fake.js';
import { TimetableFake } from '../../../support/fakes/timetable-fake.js';

const clock = { now: monday + hour };
const { openid } = citizen(2);
const person = ['同意', '张三', '11010519491231002X', '13812345678'];

let chat: CitizenChat;
let registrations: RegistrationDeskFake;
let appointments: BookingDeskFake;
beforeEach(() => {
  registrations = new RegistrationDeskFake([buildActivity({ groups: [buildGroup({ quota: 1 })] })], clock);
  appointments = new BookingDeskFake([buildSlot('2026-11-25', '09:00')], clock);
  const timetable = new TimetableFake(appointments, { services: [buildService()], venues: [buildVenue()] });
  const parts = { desk: registrations, activities: registrations, tickets: registrations, pageOf };
  const requests = appointmentRequests(appointments, timetable, timetable).map(
    ([name, handler]): [string, RequestHandler] => [
      name,
      name === 'appointments.offers' ? withActivityOffers(parts, handler) : handler,
    ],
  );
  const forms = [...appointmentForms, ...activityForms];
  chat = new CitizenChat([...requests, ...activityRequests(parts)], () => clock.now, accountId, forms);
});

async function offerRegistration(): Promise<void> {
  const first = await registrations.register(citizen(1), buildForm(1), false);
  await registrations.register(citizen(2), buildForm(2), true);
  await registrations.cancel(citizen(1), first.registrationId);
}

async function offerAppointment(): Promise<void> {
  await chat.sayAs('other', '预约', '1', '1', ...person.with(2, '110105194912310054'), '确认');
  await chat.sayAs(openid, '候补', '1', ...person, '确认');
  await chat.sayAs('other', '取消预约', '确认');
}

describe('接受, said to whoever offers a place', () => {
  it('takes the only place that is offered, for an appointment at once', async () => {
    await offerAppointment();
    expect(await chat.sayAs(openid, '接受')).toMatch(/^这个名额归您了。/);
  });

  it('names the place in an activity, and takes it', async () => {
    await offerRegistration();
    expect(await chat.sayAs(openid, '接受')).toMatch(
      /接受哪一个？\n【1】活动：警营开放日，11月28日（周六）上午 9:00–11:00\n/,
    );
    expect(await chat.sayAs(openid, '1')).toMatch(/^报名成功。/);
    expect(registrations.kept[1]?.state).toBe('confirmed');
  });

  it('lists both where both are offered', async () => {
    await offerAppointment();
    await offerRegistration();
    expect(await chat.sayAs(openid, '接受')).toMatch(/【1】身份证，.*\n【2】活动：警营开放日，/);
    await chat.sayAs(openid, '1');
    expect(appointments.kept.at(-1)?.state).toBe('booked');
    expect(registrations.kept[1]?.state).toBe('offered');
  });

  it('says so where nothing is offered', async () => {
    expect(await chat.sayAs(openid, '接受')).toMatch(/^现在没有等您接受的名额/);
    expect(chat.failures).toEqual([]);
  });
});
