import type { Content, MenuNode, ReplyContent, Target } from '../../../dialog/content-model.js';
import { compileForms, type CompiledForms } from '../../../dialog/forms/compile-form.js';
import type { Form } from '../../../dialog/forms/form-model.js';
import type { ContentLimits } from '../content-limits.js';
import type { ContentPath, Finding, Where } from './finding.js';

/** The content under the linter, with what several checks look up. */
export interface LintSubject {
  content: Content;
  /** Milliseconds since the epoch, UTC. */
  now: number;
  limits: ContentLimits;
  nodes: readonly PlacedNode[];
  nodeIds: ReadonlySet<string>;
  replyIds: ReadonlySet<string>;
  /** The forms that the program offers. */
  forms: CompiledForms;
}

export interface PlacedNode {
  node: MenuNode;
  siblings: readonly MenuNode[];
  path: ContentPath;
}

/** A check looks at the content from one side. */
export type Check = (subject: LintSubject) => Iterable<Finding>;

export function prepareSubject(
  content: Content,
  now: number,
  limits: ContentLimits,
  forms: readonly Form[],
): LintSubject {
  const nodes = [...placeNodes(content.tree, ['tree'])];
  return {
    content,
    now,
    limits,
    nodes,
    nodeIds: new Set(nodes.map(({ node }) => node.id)),
    replyIds: new Set(content.replies.map((reply) => reply.id)),
    forms: compileForms(forms),
  };
}

export function* placeNodes(siblings: readonly MenuNode[], path: ContentPath): Generator<PlacedNode> {
  for (const [index, node] of siblings.entries()) {
    const here = [...path, index];
    yield { node, siblings, path: here };
    yield* placeNodes(node.children, [...here, 'children']);
  }
}

export function atNode({ node, path }: PlacedNode, field?: string): Where {
  return at('node', node.id, path, field);
}

export function atReply(reply: ReplyContent, index: number, field?: string): Where {
  return at('reply', reply.id, ['replies', index], field);
}

export function at(kind: Where['kind'], id: string, path: ContentPath, field?: string): Where {
  return field === undefined ? { kind, id, path } : { kind, id, field, path: [...path, ...field.split('.')] };
}

/** One piece of content that points at a reply or a node. */
export interface Reference {
  target: Target;
  where: Where;
}

/** The settings that name a reply. */
export const settingsReplies = ['welcome', 'fallback', 'help', 'handoff', 'media', 'location'] as const;

/** Every reference in the content, except those of the settings. */
export function* findReferences({ content, nodes }: LintSubject): Generator<Reference> {
  for (const placed of nodes) {
    if (placed.node.reply !== undefined) {
      yield { target: { reply: placed.node.reply }, where: atNode(placed, 'reply') };
    }
    if (placed.node.form !== undefined) {
      yield { target: { form: placed.node.form }, where: atNode(placed, 'form') };
    }
  }
  for (const [index, rule] of content.rules.entries()) {
    yield { target: rule.to, where: at('rule', rule.id, ['rules', index], 'to') };
  }
  for (const [index, scene] of content.scenes.entries()) {
    yield { target: scene.opens, where: at('scene', scene.scene, ['scenes', index], 'opens') };
  }
  for (const { button, path } of placeButtons(content)) {
    if ('opens' in button) yield { target: button.opens, where: at('button', button.name, path, 'opens') };
  }
  yield {
    target: { reply: content.emergency.reply },
    where: at('emergency', 'emergency', ['emergency'], 'reply'),
  };
  const { calm, kinds } = content.emergency;
  if (calm !== undefined) {
    yield { target: { reply: calm }, where: at('emergency', 'emergency', ['emergency'], 'calm') };
  }
  for (const [index, { reply }] of kinds.entries()) {
    yield {
      target: { reply },
      where: at('emergency', 'emergency', ['emergency'], `kinds.${index}.reply`),
    };
  }
}

/** Every button of the bottom menu with its level: 1 for those always seen, 2 for those below them. */
export function* placeButtons(content: Content) {
  for (const [index, top] of content.buttons.entries()) {
    const path: ContentPath = ['buttons', index];
    yield { button: top, path, level: 1 };
    if (!('buttons' in top)) continue;
    for (const [below, button] of top.buttons.entries()) {
      yield { button, path: [...path, 'buttons', below], level: 2 };
    }
  }
}
