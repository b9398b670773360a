import { expect, it } from '@jest/globals';
import { Ratings } from '../../../src/features/insights/ratings.js';
import { buildMessage, textInput } from '../../support/builders.js';
import { RatingStoreFake } from '../../support/fakes/rating-store-fake.js';
import { openConversations } from '../../support/open-conversations.js';

it('counts what citizens say about the answers, once each and their last word', async () => {
  const ratings = new Ratings(new RatingStoreFake());
  const { conversations, clock } = openConversations({
    requests: new Map([['feedback.rate', ratings.rate]]),
  });
  const openid = 'o-judge';
  const say = (text: string) => {
    clock.advance(1_000);
    return conversations.respond(buildMessage({ openid, input: textInput(text), sentAt: clock.now() }));
  };

  for (const text of ['身份证丢了', '有用', '没用', '护照', '有用']) await say(text);
  expect(await ratings.ratingsOf('pingan-meizhou')).toEqual([
    { reply: 'id-card-lost', release: 1, useful: 0, useless: 1 },
    { reply: 'passport', release: 1, useful: 1, useless: 0 },
  ]);
  expect(await ratings.ratingsOf('pingan-meizhou', 2)).toEqual([]);
});

it('refuses a vote that is none', async () => {
  const ratings = new Ratings(new RatingStoreFake());
  await expect(ratings.rate(buildMessage(), { reply: 'passport' })).rejects.toThrow();
});
