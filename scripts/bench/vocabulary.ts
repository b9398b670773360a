import { fileURLToPath } from 'node:url';
import { buttonKey } from '../../src/dialog/button-key.js';
import type { Content, MenuNode } from '../../src/dialog/content-model.js';
import { loadContentFiles } from '../../src/features/content/files/load-content-files.js';
import type { Vocabulary } from './load/message-mix.js';

const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

/** Sentences that no content answers. */
const unknown = ['今天晚上吃什么好呢', '哈哈哈哈', '明天下不下雨', '讲个笑话', '在不在呀', '早上好'];

/** What citizens can say to the content that lies beside the program, which a new database begins with. */
export async function readVocabulary(accountId: string): Promise<Vocabulary> {
  const loaded = await loadContentFiles(projectRoot, accountId);
  if ('faults' in loaded) throw new Error(`the content of ${accountId} has ${loaded.faults.length} faults`);
  return vocabularyOf(loaded.content);
}

export function vocabularyOf(content: Content): Vocabulary {
  const { tree, rules, buttons, scenes } = content;
  const leaves = buttons.flatMap((button) => ('buttons' in button ? button.buttons : [button]));
  return {
    numbers: ['0', '#', ...tree.flatMap(choicesOf)],
    keywords: rules.flatMap(({ whole, contains }) => [
      ...whole,
      ...contains.map((word) => `请问${word}要怎么办`),
    ]),
    unknown,
    buttonKeys: leaves.flatMap((button) => ('opens' in button ? [buttonKey(button.opens)] : [])),
    scenes: scenes.map(({ scene }) => scene),
  };
}

/** A first-level number as most people text it, and each second-level one as a path: `3`, `3-1`, `3-2`. */
function choicesOf(node: MenuNode): string[] {
  return [String(node.number), ...node.children.map((child) => `${node.number}-${child.number}`)];
}
