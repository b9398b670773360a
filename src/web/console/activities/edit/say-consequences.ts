import type { ChangeForecast } from '../../../../api-types/activities.js';
import { moneyInWords } from '../../../../api-types/in-words.js';

/**
 * What a change of a published activity leads to, a sentence each.
 * @param nameOf a group; its name as it will be.
 */
export function sayConsequences(forecast: ChangeForecast, nameOf: (groupId: string) => string): string[] {
  const { raisesForm, moves, standing, refundableFen, overfull } = forecast;
  const sentences: string[] = [];
  if (moves)
    sentences.push(
      standing === 0
        ? '时间或地点变了。现在还没有人报名，不用通知谁。'
        : `时间或地点变了：报了名和排着候补的 ${standing} 人会收到通知，` +
            (refundableFen > 0
              ? `他们可以取消并全额退款，最多要退 ${moneyInWords(refundableFen)}。`
              : '他们可以取消。'),
    );
  if (raisesForm)
    sentences.push('正在填报名表的人，提交时会看到“报名表刚刚有变动”，看一遍再提交；已经报了名的不用重填。');
  for (const { groupId, quota, taken } of overfull)
    sentences.push(
      `${groupId === null ? '总名额' : `“${nameOf(groupId)}”`}改成 ${quota} 个，但已经有 ${taken} 人：` +
        '他们的名额都保留，只是不再放新的人进来。',
    );
  if (sentences.length === 0)
    sentences.push('市民马上会看到新的内容；已经报了名的人不受影响，也不另外通知。');
  return sentences;
}
