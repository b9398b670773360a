import type { FeedbackPageView } from '../../../api-types/insights.js';

/** A reply of one release. */
export type RatingRow = FeedbackPageView['ratings'][number];

export function nameReply({ title, reply }: Pick<RatingRow, 'title' | 'reply'>): string {
  return title ?? `${reply}（已不在发布的内容里）`;
}

/** `40%`: how many of those who judged found it useless. */
export function sayUselessShare({ useful, useless }: Pick<RatingRow, 'useful' | 'useless'>): string {
  const votes = useful + useless;
  return votes === 0 ? '' : `${Math.round((useless / votes) * 100)}%`;
}
