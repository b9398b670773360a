import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startSuishen, type SuishenProcess } from '../support/suishen-process.js';
import { temporaryFolder } from '../support/temp-folder.js';
import { StoredRecords } from './journal.js';
import { Phone } from './phone.js';

const accountId = 'pingan-meizhou';

let suishen: SuishenProcess;
let records: StoredRecords;
let phone: Phone;

beforeAll(async () => {
  const dataDir = await temporaryFolder('journey');
  suishen = await startSuishen({ DATA_DIR: dataDir });
  records = await StoredRecords.ofEmbedded(dataDir);
}, 90_000);
afterAll(async () => {
  await records.close();
  await suishen.stop();
});
beforeEach(async () => {
  phone = await Phone.ofSomebodyNew(suishen.origin, accountId);
});

async function lastDecision() {
  return (await records.exchanges(phone.openid)).at(-1)?.decidedBy;
}

describe('with nothing configured', () => {
  it('serves the sample account in a sandbox whose messages are encrypted', async () => {
    const { accounts } = await Phone.overview(suishen.origin);
    expect(accounts).toMatchObject([{ accountId, name: '平安梅州（示例）', messageMode: 'safe' }]);
  });

  it('puts up the bottom menu', async () => {
    const { accounts } = await Phone.overview(suishen.origin);
    expect(accounts[0]?.menu.map(({ name, children }) => [name, children.length])).toEqual([
      ['办事指南', 5],
      ['查询服务', 5],
      ['警民互动', 5],
    ]);
  });
});

describe('a new follower', () => {
  it('is told that the account is a sample, and what it can be asked', async () => {
    const welcome = await phone.textFor({ action: 'follow' });
    expect(welcome).toContain('示例');
    expect(welcome.match(/^【\d】.+$/gm)).toEqual([
      '【1】110与紧急求助',
      '【2】交通管理',
      '【3】户籍、身份证、居住证',
      '【4】出入境',
      '【5】办事网点与时间',
      '【6】防诈骗',
      '【7】诉求与建议',
      '【8】预约办事',
      '【9】关于本号',
    ]);
  });

  it('who came through a QR code finds the page that the code stands for', async () => {
    const welcome = await phone.textFor({ action: 'scan', scene: 'hall-id-card' });
    expect(welcome).toMatch(/欢迎关注[^]*【3】丢失补领/);
    expect(await phone.say('3')).toContain('工本费40元');
    expect(await records.citizen(phone.openid)).toMatchObject({
      subscribed: true,
      subscriptions: [{ kind: 'follow', scene: 'hall-id-card' }],
    });
  });

  it('who leaves and comes back is remembered with both', async () => {
    await phone.act({ action: 'follow' });
    expect(await phone.act({ action: 'unfollow' })).toEqual([]);
    expect(await records.citizen(phone.openid)).toMatchObject({ subscribed: false });
    expect(await phone.textFor({ action: 'follow' })).toContain('欢迎关注');
    const { subscribed, subscriptions } = await records.citizen(phone.openid);
    expect([subscribed, subscriptions.map(({ kind }) => kind)]).toEqual([
      true,
      ['follow', 'unfollow', 'follow'],
    ]);
  });
});

describe('a follower', () => {
  beforeEach(async () => {
    await phone.act({ action: 'follow' });
  });

  it('walks through the menu by number, one step back, and to the top', async () => {
    expect(await phone.say('1')).toMatch(/立即打110[^]*【5】谎报警情的后果/);
    expect(await phone.say('#')).toContain('【9】关于本号');
    expect(await phone.say('3')).toMatch(/【1】出生登记（上户口）[^]*【3】身份证[^]*【9】户口簿丢失/);
    expect(await phone.say('3')).toContain('【2】到期换领');
    expect(await phone.say('2')).toContain('工本费20元');
    expect(await phone.say('#')).toContain('【2】到期换领');
    expect(await phone.say('０')).toContain('【9】关于本号');
    expect(await phone.say('333')).toContain('工本费40元');
  });

  it('asks in words from anywhere in the menu', async () => {
    await phone.say('4');
    expect(await phone.say('身份证过期了')).toMatch(/工本费20元[^]*户口簿[^]*核对日期/);
    expect(await lastDecision()).toMatchObject({ step: 'contains', node: 'id-card-renew' });
  });

  it('who is not understood is shown the main menu, and the question is kept', async () => {
    const answer = await phone.say('广场上的鸽子归谁喂');
    expect(answer).toMatch(/抱歉[^]*【1】110与紧急求助[^]*【9】关于本号/);
    const [exchange] = (await records.exchanges(phone.openid)).slice(-1);
    expect(exchange).toMatchObject({
      decidedBy: { step: 'fallback' },
      inbound: { input: { text: '广场上的鸽子归谁喂' } },
    });
  });

  it('who cries for help is told to dial 110, wherever the menu stands', async () => {
    await phone.say('3');
    expect(await phone.say('救命')).toMatch(/^请现在就打110/);
    expect(await lastDecision()).toMatchObject({ step: 'emergency', reply: 'emergency-now' });
    expect(await phone.say('3')).toContain('【2】到期换领');
  });

  it('presses every button of the bottom menu and gets its page', async () => {
    const { accounts } = await Phone.overview(suishen.origin);
    const positions = (accounts[0]?.menu ?? []).flatMap(({ children }, first) =>
      children.map((_, second) => [first, second]),
    );
    const steps: unknown[] = [];
    for (const position of positions) {
      await phone.textFor({ action: 'button', position });
      const decision = await lastDecision();
      steps.push(decision?.step === 'click' && (decision.node ?? decision.reply));
    }
    expect(steps).toEqual([
      ...['id-card', 'household', 'exit-entry', 'traffic', 'residence-permit'],
      ...['service-points', 'office-hours', 'violation', 'booking', 'hotlines'],
      ...['emergency', 'fraud', 'appeals', 'about', 'help'],
    ]);
  });

  it('scans the code in a hall and goes on from there by number', async () => {
    expect(await phone.textFor({ action: 'scan', scene: 'hall-exit-entry' })).toContain('【1】护照');
    expect(await lastDecision()).toMatchObject({ step: 'scan', node: 'exit-entry' });
    expect(await phone.say('1')).toContain('【1】首次办理');
  });

  it('sends a picture or a place and is asked for words', async () => {
    expect(await phone.textFor({ action: 'picture', picture: 'pothole' })).toContain('请用文字说一句');
    expect(await phone.textFor({ action: 'location', place: 'station' })).toContain('收到位置');
    expect((await records.exchanges(phone.openid)).map(({ inbound }) => inbound.input.kind)).toEqual([
      'follow',
      'image',
      'location',
    ]);
  });

  it.each([
    ['a text', { action: 'text', text: '3' }],
    ['an event', { action: 'button', position: [0, 0] }],
  ] as const)('whose platform delivers %s once more gets the same answer, recorded once', async (_, action) => {
    await phone.act(action);
    expect(await phone.repeat()).toBe('same_answer');
    expect((await records.exchanges(phone.openid)).map(({ seq }) => seq)).toEqual([1, 2]);
  });
});

const questions: [question: string, page: string, says: RegExp, never?: RegExp][] = [
  ['周末上班吗', 'office-hours', /周末/],
  ['上户口要什么材料', 'birth-registration', /出生医学证明/],
  ['身份证丢了人不回来能补吗', 'id-card-elsewhere', /不用回来/],
  ['办身份证本人必须回去吗', 'id-card-in-person', /不必回户籍地/],
  ['能开无犯罪证明吗', 'no-criminal-record', /无犯罪/],
  ['孩子改名行吗', 'rename-child', /改名|姓名/],
  ['分户', 'split-household', /分户/],
  ['去香港办什么手续', 'hk-macao', /60元/, /\D100元|\D20元/],
  ['110', 'emergency', /立即打110/],
  ['怎么报警', 'emergency', /立即打110/],
  ['12110', 'report-by-sms', /短信/],
  ['谎报警情', 'false-report', /正在由本局核对/, /\d+元/],
  ['第一次办身份证', 'id-card-first', /免费/],
  ['身份证过期了', 'id-card-renew', /20元/, /40元/],
  ['身份证丢了', 'id-card-lost', /40元/, /20元/],
  ['身份证坏了', 'id-card-replace', /40元/],
  ['临时身份证', 'id-card-temporary', /三个月/],
  ['新生儿出生登记', 'birth-registration', /一个月|1个月/],
  ['户口迁移', 'move', /迁出[^]*迁入/],
  ['人去世了怎么销户', 'death-registration', /注销|死亡/],
  ['居住证怎么办', 'residence-permit-apply', /半年[^]*15/],
  ['居住证签注', 'residence-permit-endorse', /每年|一年/],
  ['违章怎么处理', 'violation-check', /12123/],
  ['罚款逾期', 'fine-payment', /15日|15天[^]*3%|百分之三/],
  ['驾驶证换证', 'licence-renew', /90[^]*10元/],
  ['电动车上牌', 'e-bike', /核对/, /50元/],
  ['护照多少钱', 'passport-first', /120元/, /160元/],
  ['港澳通行证多少钱', 'hk-macao-permit', /60元/, /100元|80元/],
  ['港澳签注多少钱', 'hk-macao-endorsement', /15元[^]*30元[^]*80元/],
  ['局长信箱', 'director-mailbox', /局长信箱/],
  ['举报民警', 'police-misconduct', /12389/],
];

describe('a question of the reference list', () => {
  beforeEach(async () => {
    await phone.act({ action: 'follow' });
  });

  it.each(questions)('%s leads to %s', async (question, page, says, never) => {
    const answer = await phone.say(question);
    const decision = await lastDecision();
    expect({ page: decision?.node ?? decision?.reply, step: decision?.step }).toEqual({
      page,
      step: expect.stringMatching(/^(whole|contains|frame)$/),
    });
    expect(answer).toMatch(says);
    if (never) expect(answer).not.toMatch(never);
  });
});
