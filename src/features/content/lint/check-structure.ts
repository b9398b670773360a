import type { Content, Target } from '../../../dialog/content-model.js';
import { findingSentences } from './finding-sentences.js';
import type { Finding, Where } from './finding.js';
import {
  at,
  atNode,
  atReply,
  findReferences,
  settingsReplies,
  type LintSubject,
  type PlacedNode,
} from './lint-subject.js';

/** References that lead nowhere. */
export function* checkReferences(subject: LintSubject): Generator<Finding> {
  const known = { reply: subject.replyIds, node: subject.nodeIds, form: subject.forms.byId };
  for (const { target, where } of findReferences(subject)) {
    const [kind, id] = nameOf(target);
    if (known[kind].has(id)) continue;
    yield {
      rule: 'broken_reference',
      severity: 'error',
      where,
      message: findingSentences.broken_reference(kind, id),
    };
  }
  for (const field of settingsReplies) {
    const id = subject.content.settings[field];
    if (subject.replyIds.has(id)) continue;
    yield {
      rule: 'settings_reply_missing',
      severity: 'error',
      where: at('settings', 'settings', ['settings'], field),
      message: findingSentences.settings_reply_missing(field, id),
    };
  }
}

function nameOf(target: Target): ['reply' | 'node' | 'form', string] {
  if ('reply' in target) return ['reply', target.reply];
  return 'node' in target ? ['node', target.node] : ['form', target.form];
}

/** What has ids; the loader looks at it before there is a whole content. */
interface Identified {
  content: Pick<Content, 'replies' | 'rules' | 'scenes'>;
  nodes: readonly PlacedNode[];
}

/** Ids that name two things of one kind. */
export function* checkIds({ content, nodes }: Identified): Generator<Finding> {
  yield* findRepeats(nodes.map((placed) => atNode(placed)));
  yield* findRepeats(content.replies.map((reply, index) => atReply(reply, index)));
  yield* findRepeats(content.rules.map(({ id }, index) => at('rule', id, ['rules', index])));
  yield* findRepeats(content.scenes.map(({ scene }, index) => at('scene', scene, ['scenes', index])));
}

function* findRepeats(pieces: readonly Where[]): Generator<Finding> {
  const seen = new Set<string>();
  for (const where of pieces) {
    if (seen.has(where.id)) {
      yield {
        rule: 'duplicate_id',
        severity: 'error',
        where,
        message: findingSentences.duplicate_id(where.id),
      };
    }
    seen.add(where.id);
  }
}

/** The numbered menus: numbers chosen twice, nodes without an answer, lists too long to read. */
export function* checkTree({ content, nodes, limits }: LintSubject): Generator<Finding> {
  for (const placed of nodes) {
    const { node, siblings } = placed;
    const first = siblings.find((sibling) => sibling.number === node.number);
    if (first && first !== node) {
      const message = findingSentences.duplicate_number(node.number, first.title);
      yield { rule: 'duplicate_number', severity: 'error', where: atNode(placed, 'number'), message };
    }
    if (node.children.length === 0 && node.reply === undefined && node.form === undefined) {
      yield {
        rule: 'dead_end',
        severity: 'error',
        where: atNode(placed),
        message: findingSentences.dead_end(),
      };
    }
    yield* checkLength(node.children.length, limits.children, atNode(placed, 'children'));
  }
  yield* checkLength(content.tree.length, limits.children, at('tree', 'tree', ['tree']));
}

function* checkLength(count: number, limit: number, where: Where): Generator<Finding> {
  if (count <= limit) return;
  const message = findingSentences.too_many_children(count, limit);
  yield { rule: 'too_many_children', severity: 'warning', where, message };
}

/** Replies that nothing leads to. */
export function* checkReachability(subject: LintSubject): Generator<Finding> {
  const { content } = subject;
  const reached = new Set<string>(settingsReplies.map((field) => content.settings[field]));
  for (const { target } of findReferences(subject)) {
    if ('reply' in target) reached.add(target.reply);
  }
  for (const [index, reply] of content.replies.entries()) {
    if (reached.has(reply.id)) continue;
    const message = findingSentences.unreachable_reply();
    yield { rule: 'unreachable_reply', severity: 'warning', where: atReply(reply, index), message };
  }
}
