import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CitizenChat } from '../../support/booking-chat.js';
import { accountId } from '../../support/booking.js';
import { openAppointments, type Appointments } from '../../support/open-appointments.js';

const person = ['同意', '张三', '11010519491231002X', '13812345678'];
const somebodyElse = person.with(2, '110105194912310054');

let hall: Appointments;
let chat: CitizenChat;
beforeEach(async () => {
  hall = await openAppointments();
  await hall.seedDemo();
  chat = new CitizenChat(hall.requests, () => hall.clock.now(), accountId);
});
afterEach(() => hall.close());

describe('the chat, on the real desk', () => {
  it('books, shows, moves and cancels', async () => {
    expect(await chat.say('预约', '身份证', '1', '11月25日', '9:00', ...person)).toContain(
      '【3】日期：11月25日 周三\n【4】时间：上午 9:00–',
    );
    const booked = await chat.say('确认');
    expect(booked).toMatch(/^预约好了。\n业务：身份证\n时间：11月25日（周三）上午 9:00–[^]*请带：户口簿；/);
    const code = /预约码：(\S+)（/.exec(booked)![1]!;
    expect(await chat.say('我的预约')).toContain(`预约码 ${code}`);
    expect(await chat.say('改期', '11月26日', '14:30', '确认')).toMatch(
      /^改好了[^]*时间：11月26日（周四）下午 14:30–/,
    );
    expect(await chat.say('取消预约', '确认')).toMatch(/^已取消：身份证，11月26日（周四）/);
    expect(await chat.say('我的预约')).toMatch(/^您现在没有预约。/);
    expect(chat.longest).toBeLessThan(1_500);
    expect(chat.failures).toEqual([]);
  });

  it('leads from a full day to its waiting list, and from there to the freed place', async () => {
    const days = await hall.timetable.days(accountId, 'id-card', 'hall-a');
    const { day } = days.find(({ state }) => state === 'free')!;
    const slots = await hall.timetable.slots(accountId, 'id-card', 'hall-a', day);
    for (const [index, { slotId, free }] of slots.entries())
      for (let place = 0; place < free; place += 1)
        await hall.desk.hold({ accountId, openid: `o-${index}-${place}` }, slotId);

    expect(await chat.say('预约', '身份证', '1')).toContain('（已满，可候补）');
    expect(await chat.say('1', '排候补', ...person, '确认')).toMatch(
      /^已排上候补：身份证，[^]*您前面有 0 位。/,
    );
    const [held] = await hall.desk.listOf({ accountId, openid: 'o-3-0' });
    await hall.desk.cancel({ accountId, openid: 'o-3-0' }, held!.appointmentId);
    expect(await chat.say('我的预约')).toContain('〔待接受〕身份证');
    expect(await chat.say('接受')).toMatch(/^这个名额归您了。/);
    expect(chat.failures).toEqual([]);
  });

  it('says what the desk refuses, and asks again what can mend it', async () => {
    await chat.sayAs('other', '预约', '身份证', '1', '11月25日', '9:00', ...person, '确认');
    expect(await chat.say('预约', '身份证', '2', '11月25日', '9:00', ...person, '确认')).toMatch(
      /^您在这个时间已经有一个预约了\n\n（4\/7）几点来？/,
    );
    expect(await chat.say('2', '确认')).toMatch(/^「身份证」每人同时最多预约 1 次，您已经约满了\n\n/);
    expect(await chat.say('6', somebodyElse[2]!, '确认')).toMatch(/^预约好了。/);
    hall.clock.pass(2 * 86_400_000);
    expect(await chat.say('取消预约')).toContain('快到时间了，请直接联系大厅');
    expect(chat.failures).toEqual([]);
  });
});
