import { describe, expect, it } from '@jest/globals';
import type { AskedReader } from '../../../src/features/conversations/asked-reader.js';
import { Ratings } from '../../../src/features/insights/ratings.js';
import { buildMessage, textInput } from '../../support/builders.js';
import { RatingStoreFake } from '../../support/fakes/rating-store-fake.js';
import { openConversations } from '../../support/open-conversations.js';

const account = 'pingan-meizhou';
const expiresAt = new Date('2099-01-01T00:00:00Z');

function ratingsWith(findAsked: AskedReader['findAsked'] = async () => null): Ratings {
  return new Ratings({ store: new RatingStoreFake(), asked: { findAsked } });
}

it('counts what citizens say about the answers, once each and their last word', async () => {
  const ratings = ratingsWith();
  const { conversations, clock } = openConversations({
    requests: new Map([['feedback.rate', ratings.rate]]),
  });
  const openid = 'o-judge';
  const say = (text: string) => {
    clock.advance(1_000);
    return conversations.respond(buildMessage({ openid, input: textInput(text), sentAt: clock.now() }));
  };

  for (const text of ['身份证丢了', '有用', '没用', '护照', '有用']) await say(text);
  expect(await ratings.list(account, { limit: 10 })).toEqual([
    { reply: 'id-card-lost', release: 1, useful: 0, useless: 1 },
    { reply: 'passport', release: 1, useful: 1, useless: 0 },
  ]);
  expect(await ratings.list(account, { limit: 10, release: 2 })).toEqual([]);
});

it('refuses a vote that is none', async () => {
  await expect(ratingsWith().rate(buildMessage(), { reply: 'passport' })).rejects.toThrow();
});

describe('beside a vote', () => {
  const vote = { reply: 'passport', release: 1, answeredAt: 1_000, useful: false };

  it('what was asked is kept, with placeholders for personal numbers', async () => {
    const ratings = ratingsWith(async () => ({ text: '护照怎么办，电话13800138000', expiresAt }));
    await ratings.rate(buildMessage(), vote);
    expect(await ratings.listSamples(account, 'passport', { limit: 10 })).toMatchObject([
      { text: '护照怎么办,电话〔手机号〕', useful: false },
    ]);
  });

  it('nothing is kept where the answer was not asked for in words', async () => {
    const ratings = ratingsWith(async () => null);
    await ratings.rate(buildMessage(), vote);
    expect(await ratings.listSamples(account, 'passport', { limit: 10 })).toEqual([]);
  });

  it('the question is looked up by the moment of the answer', async () => {
    const asked: unknown[] = [];
    const ratings = ratingsWith(async (...question) => {
      asked.push(question);
      return null;
    });
    const message = buildMessage();
    await ratings.rate(message, vote);
    expect(asked).toEqual([[account, message.openid, new Date(1_000)]]);
  });
});
