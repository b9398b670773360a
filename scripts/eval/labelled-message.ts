import { z } from 'zod';

/** A message as a citizen wrote it, and what a clerk expects of the dialog. */
export interface LabelledMessage {
  text: string;
  expect: 'answer' | 'out_of_scope' | 'emergency' | 'innocent';
  /** Ids of replies or nodes, any of which is right; with `all`, one for each question of the message. */
  targets: string[];
  all: boolean;
  tags: string[];
}

export const formatHelp = `一行一条，JSON，UTF-8：
  {"text": "身份证丢了怎么补", "expect": "answer", "targets": ["id-card-lost"], "tags": ["colloquial"]}
  expect   answer 有答案 / out_of_scope 内容之外 / emergency 紧急 / innocent 含有紧急的词而不紧急
  targets  回复或节点的标识，答到任何一个都对；answer 必须有，innocent 可以有
  all      true：一句话里有几个问题，每个问题一个 target，都要答到
  tags     分组统计用，可以没有`;

const messageSchema = z
  .strictObject({
    text: z.string().min(1),
    expect: z.enum(['answer', 'out_of_scope', 'emergency', 'innocent']),
    targets: z.array(z.string().min(1)).default([]),
    all: z.boolean().default(false),
    tags: z.array(z.string()).default([]),
  })
  .refine(({ expect, targets }) => expect !== 'answer' || targets.length > 0, {
    error: 'answer 要写明 targets',
    path: ['targets'],
  })
  .refine(({ expect, targets }) => expect === 'answer' || expect === 'innocent' || targets.length === 0, {
    error: '只有 answer 和 innocent 可以有 targets',
    path: ['targets'],
  });

/** Reads a file of labelled messages; `knows` tells whether the content has a reply or node of that id. */
export function parseLabelledMessages(
  file: string,
  knows: (id: string) => boolean,
): { messages: LabelledMessage[]; faults: string[] } {
  const messages: LabelledMessage[] = [];
  const faults: string[] = [];
  for (const [index, line] of file.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parsed = messageSchema.safeParse(parseJson(line));
    if (!parsed.success) {
      const reasons = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim());
      faults.push(`第 ${index + 1} 行：${reasons.join('；')}`);
      continue;
    }
    const strangers = parsed.data.targets.filter((id) => !knows(id));
    if (strangers.length > 0) faults.push(`第 ${index + 1} 行：内容里没有 ${strangers.join('、')}`);
    messages.push(parsed.data);
  }
  return { messages, faults };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
