import { expect, it } from '@jest/globals';
import type { Target } from '../../../src/dialog/content-model.js';
import { lintContent } from '../../../src/features/content/lint-content.js';
import { committedWithinMs } from '../../../src/features/conversations/unanswered-reader.js';
import { findNearest } from '../../../src/features/insights/find-nearest.js';
import { pairLikeness } from '../../../src/features/insights/likeness.js';
import { UnansweredCollector } from '../../../src/features/insights/unanswered-collector.js';
import { UnansweredService } from '../../../src/features/insights/unanswered-service.js';
import { buildExchange, textInput } from '../../support/builders.js';
import { buildContent, textReply } from '../../support/content-builder.js';
import { actor, openContentServices } from '../../support/content-services.js';
import { Conversation } from '../../support/conversation.js';
import { UnansweredReaderFake } from '../../support/fakes/unanswered-reader-fake.js';
import { UnansweredStoreFake } from '../../support/fakes/unanswered-store-fake.js';

const accountId = 'pingan-meizhou';

it.each<[string, string[], Target, string[]]>([
  [
    'what nobody understood',
    ['广场上的鸽子归谁喂', '广场的鸽子是谁来喂的呀'],
    { reply: 'pigeons' },
    ['广场上的鸽子归谁喂', '请问广场的鸽子谁喂'],
  ],
  [
    'what the citizen had to choose for and did not',
    ['户口本和护照哪个先办'],
    { node: 'moving' },
    ['户口本和护照哪个先办', '戶口本和護照哪個先辦？'],
  ],
])('answers %s once the question is attached and published', async (_what, asked, to, later) => {
  const content = buildContent({ replies: [textReply('pigeons', '鸽子由园林所喂。')] });
  const talk = new Conversation();
  talk.publish(content);
  const reader = new UnansweredReaderFake();
  for (const text of asked) {
    const { decision, state } = talk.say(text);
    expect(['fallback', 'suggest']).toContain(decision.step);
    const at = new Date(talk.now);
    const inbound = { input: textInput(text), sentAt: at };
    const stateAfter = { frame: state.frame?.kind === 'menu' ? state.frame : null };
    reader.add(buildExchange({ inbound, decidedBy: decision, stateAfter, at }));
  }

  talk.pass(60);
  const groups = new UnansweredStoreFake();
  const clock = { now: () => talk.now + committedWithinMs };
  const collector = new UnansweredCollector({
    reader,
    store: groups,
    likeness: pairLikeness,
    findNearest: (_accountId, text) => findNearest(talk.release, text),
    clock,
    watcher: { collected: () => undefined, collectFailed: () => undefined },
    owner: 'one',
  });
  await collector.collect();
  const { contentService, draftQuestions: questions, stores, audit } = openContentServices();
  await contentService.seed(accountId, content);
  const { transactions } = stores;
  const service = new UnansweredService({ groups, questions, transactions, audit, clock });
  const found = await service.list({ state: 'open' }, { limit: 10 });
  expect(found).toMatchObject([{ messages: asked.length }]);
  await service.attach({ id: found[0]!.id, to, actor: actor('li') });

  const draft = (await contentService.findDraft(accountId))!;
  const faults = lintContent(draft.content, { now: talk.now });
  expect(faults.filter(({ severity }) => severity === 'error')).toEqual([]);
  talk.publish(draft.content);
  for (const text of later) expect(talk.say(text).decision).toMatchObject(to);
});
