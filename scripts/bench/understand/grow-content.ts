import { contentSchema, type Content } from '../../../src/dialog/content-model.js';
import { seededRandom } from '../../../src/core/seeded-random.js';

/** One subject that citizens ask about: a noun that no other subject has, with a reply and a rule. */
interface Subject {
  id: string;
  noun: string;
}

export interface GrownContent {
  content: Content;
  /** Messages of one kind: `next` gives one that was not given before, as far as words allow. */
  messages: Record<MessageKind, (index: number) => string>;
}

/**
 * `keyword` holds a contains-keyword; `question` asks in words that only the search understands; `unknown` asks for
 * nothing.
 */
export type MessageKind = 'keyword' | 'question' | 'unknown';

/**
 * A content with more subjects, up to so many rules; the same for the same size. Their nouns are made of two words of
 * two characters, so that many begin alike and share words, as real ones do.
 */
export function growContent(base: Content, size: number): GrownContent {
  const added = Math.max(1, size - base.rules.length);
  const subjects = Array.from({ length: added }, (_, index) => ({
    id: `subject-${index}`,
    noun: nounOf(index),
  }));
  const random = seededRandom(size);
  const ranked = subjects.map(({ noun }) => ({ noun, rank: random() })).toSorted((a, b) => a.rank - b.rank);
  const nounAt = (index: number) => ranked[index % added]?.noun ?? '';
  return {
    content: contentSchema.parse({
      ...base,
      replies: [...base.replies, ...subjects.map(replyOf)],
      rules: [...base.rules, ...subjects.map(ruleOf)],
    }),
    messages: {
      keyword: (index) => `请问${nounAt(index)}丢失了要${tail(index)}`,
      question: (index) => `我家的${nounAt(index)}前几天找不到了${tail(index)}`,
      unknown: (index) => `今天我们去外面吃饭${tail(index)}`,
    },
  };
}

function replyOf({ id, noun }: Subject): unknown {
  return { id, title: noun, type: 'text', text: `${noun}请到窗口办理，带上身份证明。` };
}

function ruleOf({ id, noun }: Subject): unknown {
  return {
    id,
    whole: [noun],
    contains: [`${noun}丢失`, `${noun}遗失`, `${noun}补办`, `补办${noun}`],
    questions: [`${noun}找不到了怎么办`, `${noun}丢了去哪里补`, `重新办${noun}要带什么`],
    to: { reply: id },
  };
}

/** Makes each message its own, so that nothing is answered from a cache. */
function tail(index: number): string {
  return `去哪个窗口${['', '办', '问', '排队', '取号'][index % 5]}，我是${index}号`;
}

/** The first word tells which of the second are free, so no two subjects share a noun. */
export function nounOf(index: number): string {
  const first = words[index % words.length] ?? '';
  const second = words[(Math.floor(index / words.length) * 7 + index * 3 + 11) % words.length] ?? '';
  return `${first}${second}`;
}

const words = makeWords();

/** Every pair of a first and a second character: 24 × 24 words. */
function makeWords(): string[] {
  const firsts = Array.from('居临户护证车驾行通出入境房产学籍婚姻医社保险税务');
  const seconds = Array.from('民时口照件辆驶走关业境留屋权校贯育亲疗区费障收政');
  return firsts.flatMap((first) => seconds.map((second) => `${first}${second}`));
}
