import { describe, expect, it } from '@jest/globals';
import type { Activity } from '../../../../src/features/activities/activity.js';
import {
  activityId,
  buildActivity,
  buildGroup,
  day,
  hour,
  monday,
} from '../../../support/activity-builders.js';
import { ActivityChat } from '../../../support/activity-chat.js';

/** Born 1949. */
const idNumber = '11010519491231002X';
const otherIdNumber = '110105194912310054';
const person = ['张三', idNumber, '13812345678'];
const otherPerson = person.with(1, otherIdNumber);
const link = 'https://example.gov.cn/h5/pingan-meizhou';
const keys = '# 上一步，取消 离开';

const young = buildGroup({ id: 'young', name: '青年组', condition: { maxAge: 40 }, quota: 2 });
const elder = buildGroup({ id: 'elder', name: '长者组', condition: { minAge: 60 }, quota: 2 });
const size = {
  type: 'choice',
  key: 'size',
  label: '尺码',
  question: '衣服穿多大？',
  optional: false,
  options: ['S', 'L'],
} as const;
const questions: Activity['questions'] = [
  { ...size, options: [...size.options] },
  { type: 'text', key: 'phone', label: '紧急联系', question: '急事找谁？', optional: true, max: 50 },
];

function withFee(overrides: Partial<Activity> = {}): Activity {
  return buildActivity({ activityId: 'lesson', title: '体验课', feeFen: 2_000, ...overrides });
}

/** One place. */
function small(overrides: Partial<Activity> = {}): Activity {
  return buildActivity({ groups: [buildGroup({ quota: 1 })], ...overrides });
}

async function openFull(overrides: Partial<Activity> = {}): Promise<ActivityChat> {
  const chat = new ActivityChat(small(overrides));
  await chat.sayAs('other', '报名', '1', '同意', ...otherPerson, '确认');
  expect(chat.desk.kept).toHaveLength(1);
  return chat;
}

describe('registering in the chat', () => {
  it('goes from the activity to the ticket by numbers', async () => {
    const chat = new ActivityChat(buildActivity({ groups: [young, elder], questions }), withFee());
    expect(await chat.say('报名')).toBe(
      `（1/5）想报哪个活动？\n【1】警营开放日，11月28日（周六）上午 9:00–11:00，免费\n` +
        `【2】体验课，11月28日（周六）上午 9:00–11:00，¥20.00\n\n${keys}`,
    );
    expect(await chat.say('1')).toBe(
      `（2/5）报哪一组？\n【1】青年组，免费，40 岁及以下（按活动开始那天的周岁算）（余 2）\n` +
        `【2】长者组，免费，满 60 岁（按活动开始那天的周岁算）（余 2）\n\n${keys}`,
    );
    expect(await chat.say('2')).toBe(`（3/7）衣服穿多大？\n【1】S\n【2】L\n\n${keys}`);
    expect(await chat.say('2')).toContain('· 收集什么：紧急联系、姓名、身份证号、电话\n');
    expect(await chat.say('同意')).toContain('（4/7）急事找谁？\n\n跳过 不填');
    expect(await chat.say('李四 13900001111', ...person)).toBe(
      [
        '不收费。',
        `活动详情：${link}/activities/open-day`,
        '请核对：',
        '【1】活动：警营开放日，11月28日（周六）上午 9:00–11:00，免费',
        '【2】组别：长者组，免费，满 60 岁（按活动开始那天的周岁算）',
        '【3】尺码：L',
        '【4】紧急联系：李******',
        '【5】姓名：张*',
        '【6】身份证号：110***********002X',
        '【7】电话：138****5678',
        '',
        `回复“确认”提交，回复数字修改那一项，${keys}`,
      ].join('\n'),
    );
    expect(await chat.say('确认')).toBe(
      [
        '报名成功。',
        '票码：CODE-t-r1',
        `入场出示这一页：${link}/registrations/r1`,
        '活动：警营开放日（长者组）',
        '时间：11月28日（周六）上午 9:00–11:00',
        '地点：梅州市公安局',
        '姓名：张*',
        '回复“我的报名”随时查看，“取消报名”不参加了。',
        '',
        '回复 0 看主菜单，也可以直接说您要办的事。',
      ].join('\n'),
    );
    expect(chat.desk.kept[0]?.form).toMatchObject({
      groupId: 'elder',
      formVersion: 1,
      facts: {},
      person: { name: '张三', idNumber, phone: '13812345678' },
      answers: { size: 'L', phone: '李四 13900001111' },
      consent: { notice: expect.stringMatching(/^[0-9a-f]{12}$/) },
    });
    expect(chat.stateOf('citizen')).toEqual({ frame: null });
  });

  it('asks for school and district where the group wants one of them, and shows nothing of them again', async () => {
    const schools = Array.from({ length: 30 }, (_, nth) => `第${nth + 1}小学`);
    const group = buildGroup({ condition: { schools, districts: ['梅江区', '梅县区'] } });
    const chat = new ActivityChat(buildActivity({ groups: [group] }));
    expect(await chat.say('报名', '1')).toContain('收集什么：学校、区县、姓名');
    expect(await chat.say('同意')).toContain('请写学校的全名');
    expect(await chat.say('第 30 小学')).toContain('【1】梅江区\n【2】梅县区\n【3】都不是');
    expect(await chat.say('2', ...person)).toContain('【3】学校：第******\n【4】区县：已填写\n');
    await chat.say('确认');
    expect(chat.desk.kept[0]?.form.facts).toEqual({ school: '第30小学', district: '梅县区' });
  });

  it('says what it costs, what comes back, and until when it is to be paid where', async () => {
    const chat = new ActivityChat(withFee());
    expect(await chat.say('活动', '1', '同意', ...person)).toMatch(
      /^费用 ¥20.00，有了名额请在 15 分钟内付款。\n.*取消：全额退；.*退 50%；.*：不退；.*\n活动详情：.*\/activities\/lesson\n/,
    );
    expect(await chat.say('确认')).toMatch(
      /^名额给您留着。请在 11月23日（周一） 9:15 前付款 ¥20.00，过时名额会让给别人：.*\/registrations\/r1\n活动：体验课\n/,
    );
  });

  it('tells how a draw goes, and the lot', async () => {
    const chat = new ActivityChat(small({ mode: 'lots' }));
    expect(await chat.say('报名', '1', '同意', ...person)).toMatch(
      /^报名到 11月27日（周五） 8:00 截止，之后抽签/,
    );
    expect(await chat.say('确认')).toMatch(/^报名成功，等抽签。您的签号是 ab12。/);
  });

  it('tells that staff look at it first', async () => {
    const chat = new ActivityChat(small({ needsApproval: true }));
    expect(await chat.say('报名')).toContain('（余 1，要审核）');
    expect(await chat.say('1', '同意', ...person, '确认')).toMatch(/^已经提交，工作人员审核后通知您/);
  });

  it('shows what is not open yet, and nothing that is closed or cancelled', async () => {
    const later = buildActivity({
      activityId: 'later',
      title: '晚些',
      opensAt: new Date(monday + day + hour),
    });
    const closed = buildActivity({ activityId: 'closed', title: '截止了', closesAt: new Date(monday) });
    const gone = buildActivity({ activityId: 'gone', title: '取消了', state: 'cancelled' });
    const chat = new ActivityChat(later, closed, gone, buildActivity());
    const list = await chat.say('报名');
    expect(list).toMatch(/【1】警营开放日.*\n【2】晚些.*（11月24日 9:00 起报名）\n\n/);
    expect(await chat.say('2')).toContain('现在选不了');
    expect(await new ActivityChat(closed).say('报名')).toMatch(/^现在没有可以报名的活动/);
  });

  it('leads to the page where a chat cannot keep all that is asked', async () => {
    const many = Array.from({ length: 10 }, (_, nth) => ({
      ...size,
      key: `size${nth}`,
      question: '问'.repeat(200),
      options: Array.from({ length: 20 }, (_, option) => `${option}${'项'.repeat(27)}`),
    }));
    const chat = new ActivityChat(buildActivity({ questions: many }));
    expect(await chat.say('报名', '1')).toMatch(
      /^这个活动要填的内容比较多，请在页面上报名：.*open-day\n\n（2\/5）/,
    );
  });

  it('does the same again when a message is sent again', async () => {
    const chat = new ActivityChat(buildActivity({ groups: [young, elder], questions }));
    for (const text of ['报名', '2', '1', '同意', '跳过', ...person, '确认'])
      expect(await chat.turn('citizen', text, false)).toEqual(await chat.turn('citizen', text));
    expect(chat.failures).toEqual([]);
  });
});

describe('a full group', () => {
  it('is its waiting list, and whoever is offered a place takes it with one phrase', async () => {
    const chat = await openFull();
    expect(await chat.say('报名')).toContain('【1】所有人，免费（已满，选它排候补）');
    expect(await chat.say('1', '同意', ...person)).toMatch(/^这一组已满，您报的是候补，现在不用付款。/);
    expect(await chat.say('确认')).toMatch(/^已排上候补。您前面有 0 位。有人退出/);
    expect(await chat.say('接受活动名额')).toMatch(/^现在没有等您接受的活动名额/);
    await chat.sayAs('other', '取消报名', '确认');
    expect(await chat.say('我的票')).toContain('请在 11月23日（周一） 10:00 前回复“接受活动名额”');
    expect(await chat.say('接受活动名额')).toMatch(/^报名成功。\n票码：CODE-t-r2/);
  });

  it('without a waiting list cannot be chosen', async () => {
    const chat = await openFull({ hasWaitingList: false });
    expect(await chat.say('报名')).toContain('（已满）');
    expect(await chat.say('1')).toContain('现在选不了（已满）');
  });

  it('that filled up meanwhile is offered as its waiting list, with everything kept that was filled in', async () => {
    const chat = new ActivityChat(small({ questions }));
    await chat.say('报名', '1', '2', '同意', '跳过', ...person);
    await chat.sayAs('other', '报名', '1', '1', '同意', '跳过', ...otherPerson, '确认');
    expect(await chat.say('确认')).toMatch(
      /^名额已满\n\n（2\/5）报哪一组？\n【1】所有人，免费（已满，选它排候补）/,
    );
    expect(await chat.say('1')).toMatch(/^这一组已满，您报的是候补[^]*【3】尺码：L\n/);
    expect(await chat.say('确认')).toMatch(/^已排上候补/);
    expect(chat.desk.kept[1]).toMatchObject({ state: 'waiting', form: { answers: { size: 'L' } } });
  });
});

describe('a registration that is refused', () => {
  it('for a condition asks for another group', async () => {
    const chat = new ActivityChat(buildActivity({ groups: [young, elder] }));
    expect(await chat.say('报名', '1', '同意', ...person, '确认')).toMatch(
      /^「青年组」要求活动当天不超过 40 周岁\n\n（2\/5）报哪一组？/,
    );
    expect(await chat.say('2', '确认')).toMatch(/^报名成功/);
  });

  it('because the form has changed asks what is new, and nothing else', async () => {
    const chat = new ActivityChat(buildActivity({ questions }));
    await chat.say('报名', '1', '1', '同意', '跳过', ...person);
    chat.desk.activities[0] = buildActivity({
      formVersion: 2,
      questions: [
        questions[0]!,
        { ...size, key: 'colour', label: '颜色', question: '要哪种颜色？', options: ['红', '蓝'] },
      ],
    });
    expect(await chat.say('确认')).toMatch(/^报名表刚刚有变动，请核对后重新提交\n\n（2\/5）/);
    expect(await chat.say('1')).toContain('（4/7）要哪种颜色？');
    expect(await chat.say('2')).toContain('收集什么：姓名、身份证号、电话\n');
    expect(await chat.say('同意', '确认')).toMatch(/^报名成功/);
    expect(chat.desk.kept[0]?.form).toMatchObject({ formVersion: 2, answers: { size: 'S', colour: '蓝' } });
  });

  it('for another shift at the same time asks for another one, for the limit another activity', async () => {
    const shifts = ['早班', '早班二'].map((name, nth) => buildGroup({ id: `s${nth}`, name }));
    const chat = new ActivityChat(buildActivity({ groups: shifts, limitPerPerson: 2 }), withFee());
    await chat.say('报名', '1', '1', '同意', ...person, '确认');
    expect(await chat.say('报名', '1', '2', '同意', ...person, '确认')).toMatch(
      /^与您已报的时间有重叠.*\n\n（2\/5）/,
    );
    chat.desk.activities[0] = buildActivity({ groups: shifts });
    expect(await chat.say('2', '确认')).toMatch(/^您的报名次数已达上限\n\n（1\/5）想报哪个活动？/);
    expect(await chat.say('2', '1', '确认')).toMatch(/^名额给您留着/);
  });

  it('because the activity was cancelled ends where there is no other', async () => {
    const chat = new ActivityChat(buildActivity());
    await chat.say('报名', '1', '同意', ...person);
    chat.desk.activities[0] = buildActivity({ state: 'cancelled' });
    expect(await chat.say('确认')).toMatch(/^这个活动已取消\n\n现在没有可以报名的活动/);
  });
});

describe('a registration that was begun', () => {
  it('is gone on with later, with what the activity asks', async () => {
    const chat = new ActivityChat(buildActivity({ groups: [young, elder], questions }));
    await chat.say('报名', '2', '2', '同意', '李四', '张三', '取消');
    expect(JSON.stringify(chat.stateOf('citizen').drafts)).not.toContain('急事找谁');
    chat.pass(120);
    expect(await chat.say('报名', '1')).toMatch(/^（6\/7）请填参加人的身份证号/);
    expect(await chat.say(idNumber, '13812345678', '确认')).toMatch(/^报名成功/);
    expect(chat.desk.kept[0]?.form.answers).toEqual({ size: 'L', phone: '李四' });
  });

  it('asks what another activity asks, once another one is chosen', async () => {
    const chat = new ActivityChat(buildActivity({ questions }), withFee());
    await chat.say('报名', '1', '1', '2', '同意', '李四', ...person);
    expect(await chat.say('1', '2', '1')).toContain('同意请回复“同意”');
    expect(await chat.say('同意')).toMatch(/^费用 ¥20.00[^]*【2】组别：所有人，¥20.00\n【3】姓名：张\*\n/);
    await chat.say('确认');
    expect(chat.desk.kept[0]?.form).toMatchObject({ activityId: 'lesson', answers: {} });
  });
});

describe('my registrations', () => {
  it('are told with their state, code and page', async () => {
    const chat = new ActivityChat(buildActivity(), withFee());
    expect(await chat.say('我的票')).toMatch(/^您现在没有报名。/);
    await chat.say('报名', '1', '1', '同意', ...person, '确认', '报名', '2', '1', '同意', ...person, '确认');
    expect(await chat.say('我的活动')).toBe(
      [
        '〔已报名〕警营开放日\n11月28日（周六）上午 9:00–11:00',
        `票码：CODE-t-r1\n入场出示这一页：${link}/registrations/r1\n`,
        '〔待付款〕体验课\n11月28日（周六）上午 9:00–11:00',
        `请在 11月23日（周一） 9:15 前付款 ¥20.00\n详情：${link}/registrations/r2\n`,
        '不参加了回复“取消报名”，还想报回复“活动报名”。\n',
        '回复 0 看主菜单，也可以直接说您要办的事。',
      ].join('\n'),
    );
  });

  it('stay under 1,500 bytes, however many and long they are', async () => {
    const long = (nth: number) =>
      buildActivity({
        activityId: `a${nth}`,
        title: '很'.repeat(40),
        place: '远'.repeat(100),
        feeFen: 100,
        groups: ['青', '老'].map((name, group) => buildGroup({ id: `g${group}`, name: name.repeat(30) })),
      });
    const chat = new ActivityChat(...Array.from({ length: 12 }, (_, nth) => long(nth)));
    await chat.say('报名', '更多', '取消');
    for (const nth of [1, 2, 3, 4]) {
      await chat.say('报名', `${nth}`, '1', '同意', ...person, '确认');
      chat.desk.pay(`r${nth}`);
    }
    expect(await chat.say('我的报名')).toMatch(/还有 \d 个没有列出。/);
    await chat.say('取消报名', '1', '确认');
    expect(chat.longest).toBeLessThan(1_500);
    expect(chat.failures).toEqual([]);
  });
});

describe('cancelling', () => {
  async function openPaid(): Promise<ActivityChat> {
    const chat = new ActivityChat(withFee());
    await chat.say('报名', '1', '同意', ...person, '确认');
    chat.desk.pay('r1');
    return chat;
  }

  it('says exactly what comes back, and waits for the word', async () => {
    const chat = await openPaid();
    chat.desk.refundPercent = 50;
    expect(await chat.say('取消报名')).toMatch(
      /^确定不参加了吗？回复“确认”才会取消：\n【1】不去的：退回 ¥10.00，体验课，11月28日（周六）上午 9:00–11:00\n/,
    );
    expect(await chat.say('取消')).toMatch(/^没有取消，您的报名还在。/);
    expect(await chat.say('取消报名', '确认')).toMatch(
      /^已取消：体验课，11月28日（周六）上午 9:00–11:00。\n退款 ¥10.00 原路退回.*\/registrations\/r1\n/,
    );
    expect(await chat.say('我的报名')).toMatch(/^〔退款中〕体验课/);
  });

  it('is asked again where less comes back by now', async () => {
    const chat = await openPaid();
    await chat.say('取消报名');
    chat.desk.refundPercent = 0;
    expect(await chat.say('确认')).toMatch(
      /^能退的金额变了，现在是 ¥0.00，请再看一下。\n\n（1\/1）取消哪一个？\n【1】不退费，体验课/,
    );
    expect(chat.desk.kept[0]?.state).toBe('confirmed');
    expect(await chat.say('1', '确认')).toMatch(/^已取消：.*\n按规则不退费。详情：/);
  });

  it('is for those who have something to cancel', async () => {
    expect(await new ActivityChat().say('退票')).toMatch(/^您现在没有可以取消的报名/);
    const chat = await openFull();
    expect(await chat.say('取消报名')).toMatch(/^您现在没有可以取消的报名/);
    expect(chat.desk.kept).toMatchObject([{ activityId, state: 'confirmed' }]);
  });
});
