import { expect, it } from '@jest/globals';
import { appointmentForms } from '../../../../src/features/appointments/appointment-forms.js';
import { Rehearsal } from '../../../../src/features/content/phone/rehearsal.js';
import { messageForms } from '../../../../src/features/messages/message-forms.js';
import { buildRelease, Conversation } from '../../../support/conversation.js';

const forms = [...appointmentForms, ...messageForms];

it('a form with live options is walked through to its end, with samples that say so', () => {
  const talk = rehearse();
  expect(said(talk.say('预约'))).toMatch(/您要办什么[\s\S]*1\D*示例业务一[\s\S]*2\D*示例业务二/);
  expect(said(talk.say('1'))).toContain('示例大厅一');
  expect(said(talk.say('1'))).toContain('示例日期二');
  expect(said(talk.say('示例日期二'))).toContain('示例时间一');
  expect(said(talk.say('1'))).toContain('个人信息');
  for (const answer of ['同意', '张三', '11010519491231002X', '13812345678']) talk.say(answer);
  expect(said(talk.say('确认'))).toMatch(/^（试用手机：没有真的办理。市民在这里看到办理的结果。）/);
  expect(talk.requests.map(({ name }) => name)).toContain('appointments.book');
});

it('where only a part of what is said comes from the service, that part says that it is a sample', () => {
  const talk = rehearse();
  talk.say('留言');
  for (const answer of ['路灯坏了三天了', '跳过', '同意', '跳过']) talk.say(answer);
  expect(said(talk.say('确认'))).toContain('编号 （示例）');
});

it('a request of no form is as good as done, and says nothing', () => {
  expect(new Rehearsal(forms).answer({ name: 'feedback.rate', payload: {}, required: false })).toEqual({});
});

function rehearse(): Conversation {
  const rehearsal = new Rehearsal(forms);
  const talk = new Conversation(buildRelease(undefined, 1, forms));
  talk.service = (request) => ({ kind: 'done', facts: rehearsal.answer(request) });
  return talk;
}

function said({ replies }: ReturnType<Conversation['say']>): string {
  return replies.map((reply) => (reply.kind === 'text' ? reply.text : '')).join('\n');
}
