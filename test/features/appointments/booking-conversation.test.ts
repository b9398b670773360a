import { describe, expect, it } from '@jest/globals';
import { appointmentForms } from '../../../src/features/appointments/appointment-forms.js';
import { appointmentRequests } from '../../../src/features/appointments/appointment-requests.js';
import { buildService, buildSlot, buildVenue } from '../../support/booking-chat.js';
import { buildMessage, textInput } from '../../support/builders.js';
import { BookingDeskFake } from '../../support/fakes/booking-desk-fake.js';
import { TimetableFake } from '../../support/fakes/timetable-fake.js';
import { openConversations } from '../../support/open-conversations.js';

const idNumber = '11010519491231002X';
const phone = '13812345678';
const texts = ['预约', '1', '1', '同意', '张三丰', idNumber, phone, '确认'];

function openHall() {
  const slots = ['2026-12-01', '2026-12-02'].map((day) => buildSlot(day, '09:00'));
  const desk = new BookingDeskFake(slots, { now: Date.parse('2026-11-30T01:00:00Z') });
  const timetable = new TimetableFake(desk, { services: [buildService()], venues: [buildVenue()] });
  const requests = new Map(appointmentRequests(desk, timetable, timetable));
  const node = openConversations({ forms: appointmentForms, requests });
  const send = async (text: string, key: string) => {
    const message = buildMessage({ openid: 'o-citizen', key, input: textInput(text) });
    const response = await node.conversations.respond(message);
    return response.kind === 'answer' && response.reply?.kind === 'text'
      ? response.reply.text
      : response.kind;
  };
  return { ...node, desk, send };
}

describe('an appointment that is booked in a conversation', () => {
  it('leaves nothing personal in clear behind', async () => {
    const { send, desk, journal, outbox } = openHall();
    let answer = '';
    for (const [index, text] of texts.entries()) answer = await send(text, `k${index}`);
    expect(answer).toMatch(/^预约好了。/);
    expect(desk.kept).toMatchObject([{ state: 'booked', person: { name: '张三丰', idNumber, phone } }]);
    expect(JSON.stringify([journal.exchanges, outbox.entries])).not.toMatch(/19491231|12345678|三丰/);
  });

  it('is booked once, though every message comes three times', async () => {
    const { send, desk } = openHall();
    for (const [index, text] of texts.entries()) {
      const answers = await Promise.all([1, 2, 3].map(() => send(text, `k${index}`)));
      expect(new Set(answers).size).toBe(1);
    }
    expect(desk.kept).toHaveLength(1);
  });
});
