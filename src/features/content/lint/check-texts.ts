import type { Reply } from '../../../core/messages.js';
import { compilePages } from '../../../dialog/release.js';
import { renderReply } from '../../../dialog/render-reply.js';
import { citizenTexts } from './citizen-texts.js';
import { findingSentences } from './finding-sentences.js';
import type { Finding, Where } from './finding.js';
import { at, atNode, atReply, placeButtons, type LintSubject } from './lint-subject.js';

/** What the platform cannot show or would cut: mark-up, links, characters, length. */
export function* checkTexts({ content, limits }: LintSubject): Generator<Finding> {
  for (const [index, reply] of content.replies.entries()) {
    for (const { field, text } of citizenTexts(reply)) {
      const where = atReply(reply, index, field);
      yield* checkMarkup(text, where);
      yield* checkCharacters(text, where);
    }
    yield* checkLength([renderReply(reply)], limits.textBytes, atReply(reply, index));
  }
}

/** Pages of the menu that are too long only because the list of what lies below follows the reply. */
export function* checkPages({ content, nodes, limits }: LintSubject): Generator<Finding> {
  const pages = compilePages(content);
  const replies = new Map(content.replies.map((reply) => [reply.id, reply]));
  for (const placed of nodes) {
    const { id, reply } = placed.node;
    const given = reply === undefined ? undefined : replies.get(reply);
    if (given !== undefined && longestText([renderReply(given)]) > limits.textBytes) continue;
    yield* checkLength(pages.get(id)?.page.replies ?? [], limits.textBytes, atNode(placed));
  }
}

function* checkLength(replies: readonly Reply[], limit: number, where: Where): Generator<Finding> {
  const bytes = longestText(replies);
  if (bytes <= limit) return;
  const message = findingSentences.over_long_text(bytes, limit);
  yield { rule: 'over_long_text', severity: 'warning', where, message };
}

function longestText(replies: readonly Reply[]): number {
  return Math.max(0, ...replies.map((reply) => (reply.kind === 'text' ? Buffer.byteLength(reply.text) : 0)));
}

const anyTag = /<(?:[a-z!?/][^<>]*)(?:>|$)/gi;
const openingLink = /^<a\s+href\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')\s*>$/i;
const closingLink = /^<\/a\s*>$/i;

function* checkMarkup(text: string, where: Where): Generator<Finding> {
  let open: string | undefined;
  for (const [tag] of text.matchAll(anyTag)) {
    const link = openingLink.exec(tag);
    if (link && open === undefined) {
      open = tag;
      yield* checkLink(link[1] ?? link[2] ?? '', where);
    } else if (closingLink.test(tag) && open !== undefined) {
      open = undefined;
    } else {
      yield describeMarkup(tag, where);
    }
  }
  if (open !== undefined) yield describeMarkup(open, where);
}

function describeMarkup(tag: string, where: Where): Finding {
  return {
    rule: 'disallowed_markup',
    severity: 'error',
    where,
    message: findingSentences.disallowed_markup(tag),
  };
}

function* checkLink(href: string, where: Where): Generator<Finding> {
  const protocol = URL.canParse(href) ? new URL(href).protocol : '';
  if (protocol === 'https:' || protocol === 'http:') return;
  yield { rule: 'link_not_http', severity: 'error', where, message: findingSentences.link_not_http(href) };
}

/** XML 1.0 has no place for control characters other than tab and line feed, nor for half a surrogate pair. */
const unsendable = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|\p{Surrogate}/u;

function* checkCharacters(text: string, where: Where): Generator<Finding> {
  const code = unsendable.exec(text)?.[0].codePointAt(0);
  if (code === undefined) return;
  const message = findingSentences.unsendable_character(
    `U+${code.toString(16).toUpperCase().padStart(4, '0')}`,
  );
  yield { rule: 'unsendable_character', severity: 'error', where, message };
}

/** Names that `menu/create` refuses. */
export function* checkButtons({ content, limits }: LintSubject): Generator<Finding> {
  for (const { button, path, level } of placeButtons(content)) {
    const limit = level === 1 ? limits.topButtonBytes : limits.subButtonBytes;
    const bytes = Buffer.byteLength(button.name);
    if (bytes <= limit) continue;
    const message = findingSentences.button_label_too_long(bytes, limit);
    yield {
      rule: 'button_label_too_long',
      severity: 'error',
      where: at('button', button.name, path, 'name'),
      message,
    };
  }
}
