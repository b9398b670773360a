import { accountPathSchema } from '../../api-types/account-path.js';
import {
  feedbackPageSchema,
  feedbackPathSchema,
  feedbackQuerySchema,
  nodeStatisticsSchema,
  samplesQuerySchema,
  samplesSchema,
} from '../../api-types/insights.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import type { AnswerStatisticsReader } from './answer-statistics.js';
import type { Ratings } from './ratings.js';
import type { NameTarget } from './unanswered-routes.js';

const toSee = { permission: 'insights.view', account: 'path' } as const;

/** What citizens think of the answers, and how often each is given. */
export function insightsRoutes(
  { ratings, statistics }: { ratings: Ratings; statistics: AnswerStatisticsReader },
  nameTarget: NameTarget,
): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: '/accounts/:accountId/feedback',
      summary: 'How useful citizens found each reply of each release, the worst first',
      params: accountPathSchema,
      query: feedbackQuerySchema,
      response: feedbackPageSchema,
      async handler({ params: { accountId }, query: { release, after, limit } }) {
        const page = { limit: limit + 1, skip: after, ...(release !== undefined && { release }) };
        const found = await ratings.list(accountId, page);
        return {
          ratings: found
            .slice(0, limit)
            .map((rating) => ({ ...rating, title: nameTarget(accountId, { reply: rating.reply }) })),
          next: found.length > limit ? after + limit : null,
        };
      },
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: '/accounts/:accountId/feedback/:reply/samples',
      summary: 'What those had asked who judged a reply',
      params: feedbackPathSchema,
      query: samplesQuerySchema,
      response: samplesSchema,
      async handler({ params: { accountId, reply }, query: { limit, release } }) {
        const page = { limit, ...(release !== undefined && { release }) };
        const samples = await ratings.listSamples(accountId, reply, page);
        return {
          samples: samples.map(({ text, useful, release, votedAt }) => ({
            text,
            useful,
            release,
            votedAt: votedAt.toISOString(),
          })),
        };
      },
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: '/accounts/:accountId/insights/nodes',
      summary:
        'How often each node and reply was given in the last thirty days, and asked in vain at each node',
      params: accountPathSchema,
      response: nodeStatisticsSchema,
      handler: ({ params: { accountId } }) => statistics.read(accountId),
    }),
  ];
}
