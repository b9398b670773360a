import mongoose from 'mongoose';
import type { Content } from '../../../src/dialog/content-model.js';

/** Answers one message the way the usual platforms do; the id of the rule that it found, if any. */
export interface PlatformPeer {
  name: string;
  find(text: string): Promise<string | undefined>;
}

/**
 * Every keyword as a regular expression, tried in turn until one matches: jeewx-boot's
 * `Pattern.compile(".*?" + keyword + ".*?")`, but compiled once and with the keyword escaped.
 */
export function regexListPeer({ rules }: Content): PlatformPeer {
  const list = rules.flatMap(({ id, whole, contains }) => [
    ...whole.map((word) => ({ id, pattern: new RegExp(`^${escaped(word)}$`, 'u') })),
    ...contains.map((word) => ({ id, pattern: new RegExp(escaped(word), 'u') })),
  ]);
  return {
    name: 'a list of regular expressions',
    find: (text) => Promise.resolve(list.find(({ pattern }) => pattern.test(text))?.id),
  };
}

/**
 * Two queries per message and no cache, as ruoyi-vue-pro does: the whole keyword first, then any that the message
 * contains (there the direction is reversed; here it is as meant).
 */
export async function mongoQueryPeer(
  { rules }: Content,
  uri: string,
): Promise<PlatformPeer & { close(): Promise<void> }> {
  const client = await mongoose.mongo.MongoClient.connect(uri);
  const keywords = client
    .db()
    .collection<{ rule: string; keyword: string; how: 'whole' | 'contains' }>('keywords');
  await keywords.insertMany(
    rules.flatMap(({ id, whole, contains }) => [
      ...whole.map((keyword) => ({ rule: id, keyword, how: 'whole' as const })),
      ...contains.map((keyword) => ({ rule: id, keyword, how: 'contains' as const })),
    ]),
  );
  await keywords.createIndex({ how: 1, keyword: 1 });
  return {
    name: 'two MongoDB queries per message',
    async find(text) {
      const whole = await keywords.findOne({ how: 'whole', keyword: text });
      if (whole) return whole.rule;
      const isInside = { $gte: [{ $indexOfCP: [{ $literal: text }, '$keyword'] }, 0] };
      return (await keywords.findOne({ how: 'contains', $expr: isInside }))?.rule;
    },
    close: () => client.close(),
  };
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
