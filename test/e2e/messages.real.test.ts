import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { messagesCommand } from '../../scripts/messages/messages-command.js';
import { startSuishen, type SuishenProcess } from '../support/suishen-process.js';
import { temporaryFolder } from '../support/temp-folder.js';
import { StoredRecords } from './journal.js';
import { Phone } from './phone.js';

const accountId = 'pingan-meizhou';
const number = '13812345678';
const idNumber = '11010519491231002X';
/** Both numbers, and enough of each to know them by. */
const personal = /1381234|12345678|19491231/;

let dataDir: string;
let suishen: SuishenProcess;
let records: StoredRecords;
let phone: Phone;

beforeAll(async () => {
  dataDir = await temporaryFolder('messages');
  suishen = await startSuishen({ DATA_DIR: dataDir, LOG_LEVEL: 'debug' });
  records = await StoredRecords.ofEmbedded(dataDir);
}, 90_000);
afterAll(async () => {
  await records.close();
  await suishen.stop();
});
beforeEach(async () => {
  phone = await Phone.ofSomebodyNew(suishen.origin, accountId);
  await phone.act({ action: 'follow' });
});

/** What the command line prints. */
async function run(...args: string[]): Promise<string> {
  const lines: string[] = [];
  const terminal = { env: { DATA_DIR: dataDir }, print: (line: string) => lines.push(line) };
  expect(await messagesCommand(args, terminal)).toBe(0);
  return lines.join('\n');
}

async function sayAll(...texts: string[]): Promise<string> {
  let answer = '';
  for (const text of texts) answer = await phone.say(text);
  return answer;
}

/** Every document of every collection, as it lies in the database. */
async function everythingStored(): Promise<string> {
  const db = records.client.db();
  const collections = await db.listCollections().toArray();
  const documents = await Promise.all(collections.map(({ name }) => db.collection(name).find().toArray()));
  return JSON.stringify(documents);
}

describe('a citizen', () => {
  it('leaves a message with a picture and a number, and staff read it for a reason that is recorded', async () => {
    expect(await phone.say('留言')).toContain('这里不是报警');
    expect(await phone.say(`路口的灯坏了三天，物业的身份证是${idNumber}`)).toContain('有照片的话');
    expect(await phone.textFor({ action: 'picture', picture: 'pothole' })).toContain('同意请回复“同意”');
    expect(await sayAll('同意', '138 1234 5678')).toMatch(/【2】照片：已收到\n【3】联系电话：138\*{4}5678/);
    const [receipt] = /\d{8}-\d{6}/.exec(await phone.say('确认')) ?? [];

    expect(await everythingStored()).not.toMatch(personal);
    expect(suishen.output).not.toMatch(personal);

    expect(await run('list')).toMatch(
      new RegExp(`^${receipt}  .*留言  路口的灯坏了三天.*138\\*{4}5678$`, 'm'),
    );
    expect(await run('list', '--phone', number)).toContain(receipt);
    expect(await run('show', receipt!)).toContain('物业的身份证是110***********002X');
    const inFull = await run('show', receipt!, '--reason', '回电核实', '--by', '李警官');
    expect(inFull).toMatch(/物业的身份证是11010519491231002X[^]*电话：13812345678/);
    const events = records.client.db().collection('audit_events');
    expect(await events.find({ action: 'message.disclose' }).toArray()).toMatchObject([
      { accountId, by: { name: '李警官' }, object: { id: receipt }, reason: '回电核实' },
    ]);
  });

  it('says that an answer is wrong, and which one is kept by its id', async () => {
    await phone.say('333');
    expect(await phone.say('纠错')).toContain('“身份证丢失补领”');
    expect(await sayAll('工本费写错了', '不同意', '确认')).toMatch(/编号 \d{8}-\d{6}/);
    expect(await records.client.db().collection('messages').findOne({ openid: phone.openid })).toMatchObject({
      kind: 'correction',
      about: { reply: 'id-card-lost', release: 1 },
    });
  });

  it('comes to both forms through the menu, and leaves them for the same place', async () => {
    expect(await sayAll('9', '5')).toContain('（1/3）');
    expect(await phone.say('取消')).toContain('已离开“留言”');
    expect(await phone.say('4')).toContain('（1/2）');
  });

  it('hands a message in once, though the platform delivers the last word twice', async () => {
    await sayAll('留言', '路口的灯坏了三天', '跳过', '不同意', '确认');
    expect(await phone.repeat()).toBe('same_answer');
    const { openid } = phone;
    expect(await records.client.db().collection('messages').countDocuments({ openid })).toBe(1);
  });
});
