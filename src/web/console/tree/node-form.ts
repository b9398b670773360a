import { nodeValueSchema } from '../../../api-types/content-values.js';

/** What choosing a node leads to, besides the list of what lies below. */
export type NodeAnswerKind = 'list' | 'reply' | 'form';

/** A node as it is typed. */
export interface NodeForm {
  id: string;
  /** null: the first level. */
  parent: string | null;
  number: number;
  title: string;
  answer: NodeAnswerKind;
  /** Empty until one is chosen. */
  reply: string;
  form: string;
}

export const answerKinds: Readonly<Record<NodeAnswerKind, string>> = {
  list: '只列出下级',
  reply: '给一条回复',
  form: '打开表单',
};

/** @throws ZodError where the value is no node. */
export function readNode(value: unknown): NodeForm {
  const { id, parent = null, number, title, reply = '', form = '' } = nodeValueSchema.parse(value);
  const answer = form !== '' ? 'form' : reply !== '' ? 'reply' : 'list';
  return { id, parent, number, title, answer, reply, form };
}

export function writeNode({
  id,
  parent,
  number,
  title,
  answer,
  reply,
  form,
}: NodeForm): Record<string, unknown> {
  return {
    id,
    ...(parent !== null && { parent }),
    number,
    title: title.trim(),
    ...(answer === 'reply' && reply !== '' && { reply }),
    ...(answer === 'form' && form !== '' && { form }),
  };
}
