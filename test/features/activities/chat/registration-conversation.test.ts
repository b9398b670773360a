import { describe, expect, it } from '@jest/globals';
import { activityForms } from '../../../../src/features/activities/chat/activity-forms.js';
import { activityRequests } from '../../../../src/features/activities/chat/activity-requests.js';
import { accountId, buildActivity, buildGroup, hour, monday } from '../../../support/activity-builders.js';
import { pageOf } from '../../../support/activity-chat.js';
import { buildMessage, textInput } from '../../../support/builders.js';
import { RegistrationDeskFake } from '../../../support/fakes/registration-desk-fake.js';
import { openConversations } from '../../../support/open-conversations.js';

const idNumber = '11010519491231002X';
const phone = '13812345678';
const relative = '李四家住东街';
const texts = ['报名', '1', '同意', '第三小学', relative, '张三丰', idNumber, phone, '确认'];

function openActivity() {
  const schools = Array.from(
    { length: 20 },
    (_, nth) => `第${'一二三四五六七八九十'.charAt(nth % 10)}小学${nth > 9 ? '分校' : ''}`,
  );
  const activity = buildActivity({
    groups: [buildGroup({ condition: { schools } })],
    questions: [
      { type: 'text', key: 'relative', label: '家人', question: '家人是谁？', optional: false, max: 50 },
    ],
  });
  const desk = new RegistrationDeskFake([activity], { now: monday + hour });
  const requests = new Map(activityRequests({ desk, activities: desk, tickets: desk, pageOf }));
  const node = openConversations({ forms: activityForms, requests });
  const send = async (text: string, key: string) => {
    const sentAt = monday + hour;
    const message = buildMessage({ accountId, openid: 'o-citizen', key, sentAt, input: textInput(text) });
    const response = await node.conversations.respond(message);
    return response.kind === 'answer' && response.reply?.kind === 'text'
      ? response.reply.text
      : response.kind;
  };
  return { ...node, desk, send };
}

describe('a registration that is made in a conversation', () => {
  it('leaves nothing personal in clear behind, of what the activity asks neither', async () => {
    const { send, desk, journal, outbox } = openActivity();
    let answer = '';
    for (const [index, text] of texts.entries()) answer = await send(text, `k${index}`);
    expect(answer).toMatch(/^报名成功。/);
    expect(desk.kept[0]?.form).toMatchObject({
      person: { name: '张三丰', idNumber, phone },
      facts: { school: '第三小学' },
      answers: { relative },
    });
    expect(JSON.stringify([journal.exchanges, outbox.entries])).not.toMatch(
      /19491231|12345678|三丰|东街|第三小学"/,
    );
  });

  it('is made once, though every message comes three times', async () => {
    const { send, desk } = openActivity();
    for (const [index, text] of texts.entries()) {
      const answers = await Promise.all([1, 2, 3].map(() => send(text, `k${index}`)));
      expect(new Set(answers).size).toBe(1);
    }
    expect(desk.kept).toHaveLength(1);
  });
});
