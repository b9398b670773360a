import { mongo } from 'mongoose';
import { databaseOf, type MongoConnection } from '../../storage/mongo-connection.js';
import type { AnswerCount, AnswerCountPage, AnswerCountReader } from './answer-count-reader.js';
import { committedWithinMs } from './unanswered-reader.js';

type Counted = Omit<AnswerCount, 'kind' | 'id'> & { place?: Pick<AnswerCount, 'kind' | 'id'> };

/**
 * Goes along `_id`, which begins with the second in which it was written: that index is there anyway, so that counting
 * costs a message nothing.
 */
export class AnswerCountExchangeStoreMongo implements AnswerCountReader {
  readonly #exchanges: mongo.Collection;

  constructor(connection: MongoConnection) {
    this.#exchanges = databaseOf(connection).collection('exchanges');
  }

  positionAt(time: number): string {
    return firstIdAt(time).toHexString();
  }

  async countAfter(position: string, now: number, limit: number): Promise<AnswerCountPage> {
    const range = { $gt: new mongo.ObjectId(position), $lt: firstIdAt(now - committedWithinMs) };
    const groups = await this.#exchanges
      .aggregate<Counted & { last: mongo.ObjectId }>([
        { $match: { _id: range } },
        { $sort: { _id: 1 } },
        { $limit: limit },
        { $project: { accountId: 1, day, place: { $filter: { input: given, cond: '$$this.id' } } } },
        // An exchange that gave nothing of the content still moves the position.
        { $unwind: { path: '$place', preserveNullAndEmptyArrays: true } },
        {
          $group: {
            _id: { accountId: '$accountId', day: '$day', place: '$place' },
            answers: { $sum: 1 },
            last: { $max: '$_id' },
          },
        },
        { $replaceWith: { $mergeObjects: ['$_id', { answers: '$answers', last: '$last' }] } },
      ])
      .toArray();
    const last = groups.map((group) => group.last.toHexString()).reduce((a, b) => (a > b ? a : b), '');
    return { counts: groups.flatMap(toCount), position: last === '' ? null : last };
  }
}

const day = { $dateToString: { date: '$at', format: '%Y-%m-%d', timezone: '+08:00' } };

/** The dialog notes the reply that a node gave, with the time, for the citizen to judge. */
const replyOfNode = {
  $cond: [{ $eq: ['$stateAfter.last.at', { $toLong: '$at' }] }, '$stateAfter.last.reply', null],
};

const places = [
  { kind: 'node', id: '$decidedBy.node' },
  { kind: 'reply', id: { $ifNull: ['$decidedBy.reply', replyOfNode] } },
];

/** Where several questions were answered together, what was given beside the first. */
const beside = (kind: 'node' | 'reply') => ({
  $map: { input: { $ifNull: ['$decidedBy.also', []] }, in: { kind, id: `$$this.${kind}` } },
});

const given = { $concatArrays: [places, beside('node'), beside('reply')] };

/** No `_id` of an earlier second is as large. */
function firstIdAt(time: number): mongo.ObjectId {
  const seconds = Math.max(0, Math.floor(time / 1_000));
  return new mongo.ObjectId(seconds.toString(16).padStart(8, '0').padEnd(24, '0'));
}

function toCount({ accountId, day, place, answers }: Counted): AnswerCount[] {
  return place ? [{ accountId, day, ...place, answers }] : [];
}
