import type { Content, KeywordRule, MenuNode, ReplyContent } from '../../../src/dialog/content-model.js';
import { contentLimits } from '../../../src/features/content/content-limits.js';
import { menuFile, menuKeys, repliesFolder } from '../../../src/features/content/files/content-layout.js';
import type { FileTexts } from '../../../src/features/content/work/content-work.js';
import { nounOf } from '../understand/grow-content.js';

/** What a citizen asks to be told which edition answers. */
export const askEdition = '版次核对';

/** The number of the edition in an answer to `askEdition`; null: in none. */
export function editionIn(answer: string): number | null {
  const number = /^edition (\d+)$/m.exec(answer)?.[1];
  return number === undefined ? null : Number(number);
}

/**
 * A content with so many more nodes, each with a reply and a rule of its own. Every edition says something else in
 * each of its replies.
 */
export function buildEdition(base: Content, nodes: number, edition: number): Content {
  const subjects = makeSubjects(base, nodes);
  return {
    ...base,
    tree: hang(base.tree, subjects.values()),
    replies: [
      ...base.replies,
      textReply('bench-edition', '版本', `edition ${edition}`),
      ...subjects.map(({ id, noun }) => textReply(id, noun, `${noun}请到窗口办理（第${edition}版）`)),
    ],
    rules: [
      ...base.rules,
      rule('bench-edition', { whole: [askEdition] }, { reply: 'bench-edition' }),
      ...subjects.map(({ id, noun }) =>
        rule(
          id,
          {
            whole: [noun],
            contains: [`${noun}丢失`],
            questions: [`${noun}找不到了怎么办`, `办${noun}带什么`],
          },
          { node: id },
        ),
      ),
    ],
  };
}

/** As JSON, which is YAML: in block style so many nodes would pass the limits of a file. */
export function renderEdition(content: Content, accountId: string): FileTexts {
  const files: Record<string, string> = {};
  for (const key of menuKeys) files[menuFile(accountId, key)] = JSON.stringify(content[key]);
  const { replies, rules } = content;
  for (let from = 0; from < Math.max(replies.length, rules.length); from += perFile) {
    const part = { replies: replies.slice(from, from + perFile), rules: rules.slice(from, from + perFile) };
    files[`${repliesFolder(accountId)}/part-${from}.yaml`] = JSON.stringify(part, leaveDefaults);
  }
  return files;
}

/** Replies, and rules, of one file. */
const perFile = 4_000;

function leaveDefaults(key: string, value: unknown): unknown {
  return (Array.isArray(value) && value.length === 0) || key === 'priority' ? undefined : value;
}

interface Subject {
  id: string;
  noun: string;
}

/** None is called as a rule of the content already calls something. */
function makeSubjects({ rules }: Content, count: number): Subject[] {
  const taken = new Set(rules.flatMap(({ whole }) => whole));
  const subjects: Subject[] = [];
  for (let index = 0; subjects.length < count; index += 1) {
    const noun = nounOf(index);
    if (!taken.has(noun)) subjects.push({ id: `bench-${index}`, noun });
  }
  return subjects;
}

/** The tree with the subjects below its nodes, level by level, as many to a list as fit a screen. */
function hang(tree: readonly MenuNode[], subjects: Iterator<Subject>): MenuNode[] {
  const grown = structuredClone([...tree]);
  const queue = listNodes(grown).filter(({ form }) => form === undefined);
  for (const node of queue) {
    for (let number = 1; number <= contentLimits.children; number += 1) {
      if (node.children.some((child) => child.number === number)) continue;
      const next = subjects.next();
      if (next.done) return grown;
      const { id, noun: title } = next.value;
      const child = { id, number, title, reply: id, children: [] };
      node.children.push(child);
      queue.push(child);
    }
  }
  return grown;
}

function listNodes(nodes: readonly MenuNode[]): MenuNode[] {
  return nodes.flatMap((node) => [node, ...listNodes(node.children)]);
}

function textReply(id: string, title: string, text: string): ReplyContent {
  return { id, title, type: 'text', text, sources: [] };
}

function rule(
  id: string,
  words: Partial<Pick<KeywordRule, 'whole' | 'contains' | 'questions'>>,
  to: KeywordRule['to'],
): KeywordRule {
  return { id, whole: [], contains: [], patterns: [], questions: [], priority: 50, ...words, to };
}
