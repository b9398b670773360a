import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CitizenAction } from '../../src/api-types/sandbox.js';
import { NodeFieldCipher } from '../../src/core/field-cipher-node.js';
import { findFieldKeys } from '../../src/storage/field-keys.js';
import { startSuishen, type SuishenProcess } from '../support/suishen-process.js';
import { temporaryFolder } from '../support/temp-folder.js';
import { until } from '../support/until.js';
import { StoredRecords } from './journal.js';
import { Phone } from './phone.js';

const accountId = 'pingan-meizhou';

let suishen: SuishenProcess;
let records: StoredRecords;
let phone: Phone;
let dataDir: string;

beforeAll(async () => {
  dataDir = await temporaryFolder('journey');
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

/** An event has no id: the platform's own key is the citizen and the second. */
async function untilNextSecond(): Promise<void> {
  const second = Math.floor(Date.now() / 1000);
  await until('the next second', () => Math.floor(Date.now() / 1000) > second);
}

async function lastDecision() {
  return (await records.exchanges(phone.openid)).at(-1)?.decidedBy;
}

describe('with nothing configured', () => {
  it('serves the sample account in a sandbox whose messages are encrypted', async () => {
    const { accounts } = await Phone.overview(suishen.origin);
    expect(accounts).toMatchObject([{ accountId, name: '平安梅州（示例）', messageMode: 'safe' }]);
  });

  it('puts up the bottom menu', async () => {
    const menu = await until('the menu is up', async () => {
      const { accounts } = await Phone.overview(suishen.origin);
      const [shown = { menu: [] }] = accounts;
      return shown.menu.length > 0 && shown.menu;
    });
    expect(menu.map(({ name, children }) => [name, children.length])).toEqual([
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
    await untilNextSecond();
    expect(await phone.textFor({ action: 'follow' })).toContain('欢迎关注');
    const { subscribed, subscriptions } = await records.citizen(phone.openid);
    expect([subscribed, subscriptions.map(({ kind }) => kind)]).toEqual([
      true,
      ['follow', 'unfollow', 'follow'],
    ]);
  });
});

/** What the duty officer was told of the citizen; the words lie there sealed. */
async function alerts() {
  const cipher = new NodeFieldCipher((await findFieldKeys(dataDir))!);
  return (await records.dutyAlerts(phone.openid)).map(({ sealed, ...alert }) => ({
    ...alert,
    text: cipher.open(sealed, { accountId, openid: phone.openid, field: 'duty_alerts.text' }),
  }));
}

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
    expect(await lastDecision()).toMatchObject({ step: 'whole', node: 'id-card-renew' });
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
    expect(await alerts()).toMatchObject([{ text: '救命', state: 'open' }]);
    expect(await phone.say('3')).toContain('【2】到期换领');
  });

  it('who may be in danger is asked, and says so with a number', async () => {
    expect(await phone.say('说是着火')).toMatch(/110[^]*12110[^]*正在发生吗？/);
    expect(await alerts()).toEqual([]);
    expect(await phone.say('1')).toMatch(/^请现在就打119/);
    expect(await alerts()).toMatchObject([{ kind: 'fire', text: '说是着火' }]);
  });

  it('presses every button of the bottom menu and gets its page', async () => {
    const { accounts } = await Phone.overview(suishen.origin);
    const pages: (string | undefined)[][] = [];
    for (const [first, { children }] of (accounts[0]?.menu ?? []).entries()) {
      const column: (string | undefined)[] = [];
      for (const second of children.keys()) {
        await phone.textFor({ action: 'button', position: [first, second] });
        const decision = await lastDecision();
        column.push(decision?.step === 'click' ? (decision.node ?? decision.reply) : decision?.step);
      }
      pages.push(column);
    }
    expect(pages).toEqual([
      ['id-card', 'household', 'exit-entry', 'traffic', 'residence-permit'],
      ['service-points', 'office-hours', 'violation', 'booking', 'hotlines'],
      ['emergency', 'fraud', 'appeals', 'about', 'help'],
    ]);
  });

  it('begins to book from the list that a button opens', async () => {
    expect(await phone.textFor({ action: 'button', position: [1, 3] })).toContain('【4】现在就约');
    expect(await phone.say('4')).toContain('您要办什么？');
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

  it.each<[string, CitizenAction]>([
    ['a text', { action: 'text', text: '3' }],
    ['an event', { action: 'button', position: [0, 0] }],
  ])('whose platform delivers %s once more gets the same answer, recorded once', async (_, action) => {
    await phone.act(action);
    expect(await phone.repeat()).toBe('same_answer');
    expect((await records.exchanges(phone.openid)).map(({ seq }) => seq)).toEqual([1, 2]);
  });
});

/** `never`: sums that are outdated, or belong to the neighbouring service. */
const questions: { question: string; page: string; says: RegExp; never?: RegExp }[] = [
  { question: '周末上班吗', page: 'office-hours', says: /周末/ },
  { question: '上户口要什么材料', page: 'birth-registration', says: /出生医学证明/ },
  { question: '身份证丢了人不回来能补吗', page: 'id-card-elsewhere', says: /不用回来/ },
  { question: '办身份证本人必须回去吗', page: 'id-card-in-person', says: /不必回户籍地/ },
  { question: '能开无犯罪证明吗', page: 'no-criminal-record', says: /无犯罪/ },
  { question: '孩子改名行吗', page: 'rename-child', says: /改名|姓名/ },
  { question: '分户', page: 'split-household', says: /分户/ },
  { question: '去香港办什么手续', page: 'hk-macao', says: /60元/, never: /\D100元|\D20元/ },
  { question: '110', page: 'emergency', says: /立即打110/ },
  { question: '怎么报警', page: 'emergency', says: /立即打110/ },
  { question: '12110', page: 'report-by-sms', says: /短信/ },
  { question: '谎报警情', page: 'false-report', says: /正在由本局核对/, never: /\d+元/ },
  { question: '第一次办身份证', page: 'id-card-first', says: /免费/ },
  { question: '身份证过期了', page: 'id-card-renew', says: /20元/, never: /40元/ },
  { question: '身份证丢了', page: 'id-card-lost', says: /40元/, never: /20元/ },
  { question: '身份证坏了', page: 'id-card-replace', says: /40元/ },
  { question: '临时身份证', page: 'id-card-temporary', says: /三个月/ },
  { question: '新生儿出生登记', page: 'birth-registration', says: /一个月|1个月/ },
  { question: '户口迁移', page: 'move', says: /迁出[^]*迁入/ },
  { question: '人去世了怎么销户', page: 'death-registration', says: /注销|死亡/ },
  { question: '居住证怎么办', page: 'residence-permit-apply', says: /半年[^]*15/ },
  { question: '居住证签注', page: 'residence-permit-endorse', says: /每年|一年/ },
  { question: '违章怎么处理', page: 'violation-check', says: /12123/ },
  { question: '罚款逾期', page: 'fine-payment', says: /15日|15天[^]*3%|百分之三/ },
  { question: '驾驶证换证', page: 'licence-renew', says: /90[^]*10元/ },
  { question: '电动车上牌', page: 'e-bike', says: /核对/, never: /50元/ },
  { question: '护照多少钱', page: 'passport-first', says: /120元/, never: /160元/ },
  { question: '港澳通行证多少钱', page: 'hk-macao-permit', says: /60元/, never: /100元|80元/ },
  { question: '港澳签注多少钱', page: 'hk-macao-endorsement', says: /15元[^]*30元[^]*80元/ },
  { question: '局长信箱', page: 'director-mailbox', says: /局长信箱/ },
  { question: '举报民警', page: 'police-misconduct', says: /12389/ },
];

describe('a question of the reference list', () => {
  beforeEach(async () => {
    await phone.act({ action: 'follow' });
  });

  it.each(questions)('$question leads to $page', async ({ question, page, says, never }) => {
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
