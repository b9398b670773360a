import { describe, expect, it } from '@jest/globals';
import {
  BookingChat,
  buildService,
  buildSlot,
  buildVenue,
  type BookingChatOptions,
} from '../../support/booking-chat.js';

const wednesday = '2026-11-25';
const thursday = '2026-11-26';
const idNumber = '11010519491231002X';
const person = ['同意', '张三', idNumber, '13812345678'];

function open(overrides: Partial<BookingChatOptions> = {}): BookingChat {
  return new BookingChat({
    slots: [
      buildSlot(wednesday, '09:00'),
      buildSlot(wednesday, '09:30', { capacity: 3 }),
      buildSlot(thursday, '14:30', { capacity: 2 }),
    ],
    ...overrides,
  });
}

const twoOfEach = {
  services: [buildService(), buildService({ id: 'passport', name: '护照', materials: [] })],
  venues: [buildVenue(), buildVenue({ id: 'hall-b', name: '示例大厅 B', address: '某路 1 号' })],
  slots: [
    buildSlot(wednesday, '09:00'),
    buildSlot(wednesday, '09:30', { venue: 'hall-b' }),
    buildSlot(thursday, '14:30', { service: 'passport' }),
  ],
};

/** A hall whose Wednesday somebody else has filled, and whose Thursday is free. */
async function openFull(): Promise<BookingChat> {
  const chat = open({ slots: [buildSlot(wednesday, '09:00'), buildSlot(thursday, '14:30')] });
  await chat.sayAs('other', '预约', '1', '1', ...person.with(2, '110105194912310054'), '确认');
  expect(chat.desk.kept[0]?.state).toBe('booked');
  return chat;
}

describe('booking in the chat', () => {
  it('goes from the service to the code by numbers', async () => {
    const chat = open(twoOfEach);
    expect(await chat.say('预约')).toBe('（1/7）您要办什么？\n【1】身份证\n【2】护照\n\n# 上一步，取消 离开');
    expect(await chat.say('1')).toBe(
      '（2/7）在哪个大厅办？\n【1】示例大厅 A\n【2】示例大厅 B\n\n# 上一步，取消 离开',
    );
    expect(await chat.say('2')).toContain('日期：11月25日 周三（只有这一项）。');
    expect(await chat.say('1', '同意', '张三', idNumber, '138 1234 5678')).toBe(
      [
        '请核对“预约”：',
        '【1】业务：身份证',
        '【2】大厅：示例大厅 B',
        '【3】日期：11月25日 周三',
        '【4】时间：上午 9:30–10:00',
        '【5】姓名：张*',
        '【6】身份证号：110***********002X',
        '【7】电话：138****5678',
        '',
        '回复“确认”提交，回复数字修改那一项，# 上一步，取消 离开',
      ].join('\n'),
    );
    expect(await chat.say('确认')).toBe(
      [
        '预约好了。',
        '业务：身份证',
        '时间：11月25日（周三）上午 9:30–10:00',
        '地点：示例大厅 B，某路 1 号',
        '姓名：张*',
        '预约码：CODEa1（到大厅出示）',
        '请带：户口簿；旧身份证',
        '回复“我的预约”随时查看，“改期”改时间，“取消预约”不去了。',
        '',
        '回复 0 看主菜单，也可以直接说您要办的事。',
      ].join('\n'),
    );
    expect(chat.desk.kept).toMatchObject([
      { state: 'booked', person: { name: '张三', idNumber, phone: '13812345678' } },
    ]);
    expect(chat.stateOf('citizen')).toEqual({ frame: null });
  });

  it('passes over what has one choice only, and keeps the place while the form is filled in', async () => {
    const chat = open();
    expect(await chat.say('我要预约')).toMatch(
      /^业务：身份证（只有这一项）。\n\n大厅：示例大厅 A（只有这一项）。\n\n（3\/7）哪一天来？\n【1】11月25日 周三\n【2】11月26日 周四/,
    );
    expect(await chat.say('1')).toContain('【1】上午 9:00–9:30（余 1）\n【2】上午 9:30–10:00（余 3）');
    expect(await chat.say('2')).toMatch(
      /^11月25日（周三）上午 9:30–10:00先为您留着，请在 9:10 前填完。\n\n下面要请您/,
    );
    expect(chat.desk.kept).toMatchObject([{ state: 'held', openid: 'citizen' }]);
  });

  it('understands days and times in words', async () => {
    const chat = open();
    await chat.say('预约', '后天', '9点半');
    expect(chat.desk.kept).toMatchObject([
      { state: 'held', day: wednesday, slotId: expect.stringMatching(/09:30$/) },
    ]);
  });

  it('shows a full time as full, and says so to whoever chooses it', async () => {
    const chat = open();
    await chat.sayAs('other', '预约', '1', '1');
    const times = await chat.say('预约', '1');
    expect(times).toContain('【1】上午 9:00–9:30（已满）\n【2】上午 9:30–10:00（余 3）');
    expect(await chat.say('1')).toBe(`“上午 9:00–9:30”现在选不了（已满），请换一项。\n\n${times}`);
  });

  it('lets another time be chosen where somebody was faster', async () => {
    const chat = open();
    await chat.say('预约', '1');
    const race = chat.desk.hold.bind(chat.desk);
    chat.desk.hold = async (citizen, slotId) => {
      chat.desk.hold = race;
      await race({ accountId: 'test', openid: 'other' }, slotId);
      return race(citizen, slotId);
    };
    expect(await chat.say('1')).toMatch(
      /^这个时段刚刚约满了，请换一个时段\n\n（4\/7）几点来？[^]*【1】上午 9:00–9:30（已满）/,
    );
    expect(await chat.say('2')).toContain('先为您留着');
  });

  it('moves the hold with a step back, though it was the last place', async () => {
    const chat = open();
    await chat.say('预约', '1', '1');
    expect(await chat.say('#')).toContain('【1】上午 9:00–9:30（正为您留着）');
    await chat.say('2');
    expect(chat.desk.kept).toMatchObject([{ state: 'held', slotId: expect.stringMatching(/09:30$/) }]);
    await chat.say('#', '#', '2', '1');
    expect(chat.desk.kept).toMatchObject([{ state: 'held', day: thursday }]);
  });

  it('asks for another time where the hold has lapsed, and for nothing else again', async () => {
    const chat = open();
    await chat.say('预约', '1', '1', ...person);
    chat.pass(11);
    expect(await chat.say('确认')).toMatch(/^为您保留的时段已超过十分钟，请重新选择\n\n（4\/7）几点来？/);
    expect(await chat.say('1', '确认')).toContain('预约好了');
  });

  it('gives the place back to others on 取消', async () => {
    const chat = open();
    expect(await chat.say('预约', '1', '1', '取消')).toContain('已离开“预约”');
    expect(chat.desk.kept).toMatchObject([{ state: 'lapsed' }]);
  });

  it('goes on with a draft on the next day, for a place that is held anew', async () => {
    const chat = open();
    await chat.say('预约', '1', '2', '同意', '张三', '取消');
    chat.pass(20 * 60);
    expect(await chat.say('预约', '1')).toMatch(/9:30–10:00先为您留着，请在 5:10 前填完。\n\n（6\/7）/);
    expect(await chat.say(idNumber, '13812345678', '确认')).toContain('预约好了');
  });

  it('asks anew for what a draft names and is gone', async () => {
    const chat = open();
    await chat.say('预约', '1', '1', '同意', '张三', '取消');
    await chat.sayAs('other', '预约', '1', '1');
    expect(await chat.say('预约', '1')).toMatch(/^这个时段刚刚约满了，请换一个时段\n\n（4\/7）几点来？/);
    chat.pass(4 * 24 * 60);
    expect(await chat.say('预约')).toMatch(/近期没有可以预约的日子/);
  });

  it('is not open where nothing can be booked', async () => {
    expect(await open({ services: [] }).say('预约')).toMatch(/^现在没有可以预约的业务/);
  });

  it('does the same again when a message is sent again', async () => {
    const chat = open();
    const texts = ['预约', '1', '1', ...person, '确认'];
    for (const text of texts) {
      const first = await chat.turn('citizen', text, false);
      expect(await chat.turn('citizen', text)).toEqual(first);
    }
    expect(chat.desk.kept).toHaveLength(1);
  });
});

describe('a full day', () => {
  it('leads to its waiting list, with what was chosen before', async () => {
    const chat = await openFull();
    expect(await chat.say('预约')).toContain('【1】11月25日 周三（已满，可候补）\n【2】11月26日 周四');
    expect(await chat.say('1')).toBe(
      '（4/7）这一天已经约满。排候补吗？有人退约，会按先后为您留位并通知您。\n【1】排候补\n【2】改选别的日子\n\n# 上一步，取消 离开',
    );
    expect(await chat.say('1', ...person, '确认')).toMatch(
      /^已排上候补：身份证，11月25日（周三），示例大厅 A。\n您前面有 0 位。\n有人退约/,
    );
    expect(chat.desk.kept[1]).toMatchObject({ state: 'waiting', day: wednesday });
  });

  it('can be left for another day', async () => {
    const chat = await openFull();
    expect(await chat.say('预约', '1', '改选别的日子')).toMatch(/^（3\/7）哪一天来？/);
    expect(await chat.say('2', '1')).toContain('11月26日（周四）下午 14:30–15:00先为您留着');
  });

  it('whose place was freed is offered, and taken with one word', async () => {
    const chat = await openFull();
    await chat.say('候补', '1', ...person, '确认');
    expect(await chat.say('接受')).toMatch(/^现在没有等您接受的名额/);
    await chat.sayAs('other', '取消预约', '确认');
    expect(await chat.say('我的预约')).toContain('〔待接受〕身份证\n11月25日（周三）上午 9:00–9:30');
    expect(await chat.say('接受')).toMatch(/^这个名额归您了。[^]*预约码：CODEa2/);
    expect(chat.desk.kept[1]?.state).toBe('booked');
  });

  it('without one nobody waits', async () => {
    expect(await open().say('候补')).toMatch(/近期没有约满的日子/);
  });
});

describe('my appointments', () => {
  it('are told in one message', async () => {
    const chat = open();
    expect(await chat.say('我的预约')).toMatch(/^您现在没有预约。/);
    await chat.say('预约', '1', '2', ...person, '确认');
    expect(await chat.say('预约查询')).toBe(
      '〔已预约〕身份证\n11月25日（周三）上午 9:30–10:00\n示例大厅 A（地址以大厅公布为准）\n预约码 CODEa1\n\n' +
        '改时间回复“改期”，不去了回复“取消预约”。\n\n回复 0 看主菜单，也可以直接说您要办的事。',
    );
    expect(chat.stateOf('citizen').frame).toBeNull();
  });

  it('of others stay theirs', async () => {
    const chat = await openFull();
    expect(await chat.say('我的预约')).toMatch(/^您现在没有预约。/);
    expect(await chat.say('取消预约')).toMatch(/^您现在没有可以取消的预约/);
    expect(await chat.say('改期')).toMatch(/^您现在没有可以改期的预约/);
  });
});

describe('cancelling', () => {
  it('names what it is about, and waits for the word', async () => {
    const chat = open();
    await chat.say('预约', '1', '2', ...person, '确认');
    expect(await chat.say('取消预约')).toMatch(
      /^确定不去了吗？回复“确认”才会取消：\n【1】不去的：身份证，11月25日（周三）上午 9:30–10:00，示例大厅 A\n/,
    );
    expect(await chat.say('取消')).toMatch(/^没有取消，您的预约还在。/);
    expect(chat.desk.kept[0]?.state).toBe('booked');
    expect(await chat.say('取消预约', '确认')).toMatch(/^已取消：身份证，11月25日（周三）上午 9:30–10:00/);
    expect(chat.desk.kept[0]?.state).toBe('cancelled');
  });

  it('shows which, where there are several, and what it is too late for', async () => {
    const chat = open();
    await chat.say('预约', '1', '2', ...person, '确认', '预约', '2', '1', ...person, '确认');
    chat.desk.cancelUntilMs = 50 * 3_600_000;
    expect(await chat.say('取消预约')).toMatch(
      /取消哪一个？\n【1】身份证，11月25日.*（快到时间了，请直接联系大厅）\n【2】身份证，11月26日[^（]*（周四）[^（]*\n/,
    );
    expect(await chat.say('1')).toContain('现在选不了（快到时间了，请直接联系大厅）');
    await chat.say('2', '确认');
    expect(chat.desk.kept.map(({ state }) => state)).toEqual(['booked', 'cancelled']);
  });

  it('that is refused leaves everything as it is', async () => {
    const chat = open();
    await chat.say('预约', '1', '2', ...person, '确认', '取消预约');
    chat.desk.cancelUntilMs = 100 * 3_600_000;
    expect(await chat.say('确认')).toMatch(/^离预约时间太近，已不能自行取消或改期/);
    expect(chat.desk.kept[0]?.state).toBe('booked');
    expect(chat.stateOf('citizen').frame).toBeNull();
  });
});

describe('moving', () => {
  it('keeps the record and takes the new time', async () => {
    const chat = open();
    await chat.say('预约', '1', '2', ...person, '确认');
    expect(await chat.say('改期')).toMatch(
      /^原来的：身份证，11月25日（周三）上午 9:30–10:00，示例大厅 A（只有这一项）。\n\n（2\/3）改到哪一天？/,
    );
    expect(await chat.say('1')).toContain('【2】上午 9:30–10:00（就是现在的时间）');
    expect(await chat.say('#', '2')).toContain('【3】时间：下午 14:30–15:00');
    expect(await chat.say('确认')).toMatch(
      /^改好了，原来的时间已经让出。\n业务：身份证\n时间：11月26日（周四）/,
    );
    expect(chat.desk.kept).toMatchObject([{ appointmentId: 'a1', state: 'booked', day: thursday }]);
  });

  it('asks for another time where the new one was taken meanwhile, and keeps the old one', async () => {
    const chat = open();
    await chat.say('预约', '2', '1', ...person, '确认', '改期', '1', '1');
    await chat.sayAs('other', '预约', '1', '1');
    expect(await chat.say('确认')).toMatch(/^这个时段刚刚约满了，请换一个时段\n\n（3\/3）改到几点？/);
    expect(await chat.say('取消')).toMatch(/^没有改期，原来的预约不变。/);
    expect(chat.desk.kept[0]).toMatchObject({ state: 'booked', day: thursday });
  });
});

describe('every message', () => {
  it('stays under 1,500 bytes, however long the names and lists are', async () => {
    const days = Array.from({ length: 20 }, (_, index) => `2026-12-${String(index + 1).padStart(2, '0')}`);
    const times = Array.from({ length: 14 }, (_, index) => `${String(index + 8).padStart(2, '0')}:00`);
    const long = '很'.repeat(40);
    const all = {
      services: Array.from({ length: 12 }, (_, index) =>
        buildService({
          id: `s${index}`,
          name: long,
          materials: Array.from({ length: 20 }, () => '材'.repeat(100)),
        }),
      ),
      venues: Array.from({ length: 12 }, (_, index) =>
        buildVenue({ id: `v${index}`, name: long, address: '路'.repeat(100) }),
      ),
    };
    const slots = all.venues.flatMap(({ id }) =>
      days.flatMap((day) =>
        times.map((from) => buildSlot(day, from, { service: 's1', venue: id, capacity: 9 })),
      ),
    );
    const chat = open({ ...all, slots });
    for (const time of ['10', '11', '12', '13', '14', '15', '16', '17'])
      await chat.say('预约', '2', '3', '更多', '3', `${time}:00`, ...person, '确认');
    expect(chat.desk.kept.filter(({ state }) => state === 'booked')).toHaveLength(8);
    await chat.say('我的预约', '取消预约', '#', '取消', '改期', '2', '更多');
    expect(chat.longest).toBeLessThan(1_500);
    expect(chat.failures).toEqual([]);
  });
});
