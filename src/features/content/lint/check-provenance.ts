import { businessDay } from '../../../core/business-day.js';
import type { ReplyContent } from '../../../dialog/content-model.js';
import { citizenTexts, guideFacts } from './citizen-texts.js';
import { findingSentences } from './finding-sentences.js';
import type { Finding } from './finding.js';
import { atReply, type LintSubject } from './lint-subject.js';

type SourcedReply = Exclude<ReplyContent, { type: 'transfer' }>;

/** Where the facts come from, and whether they still hold. */
export function* checkProvenance({ content, now, limits }: LintSubject): Generator<Finding> {
  const today = businessDay(now);
  const soon = businessDay(now + limits.expiryNoticeDays * 86_400_000);
  for (const [index, reply] of content.replies.entries()) {
    if (reply.type === 'transfer') continue;
    yield* checkExpiry(reply, index, today, soon);
    yield* checkSources(reply, index);
    yield* reply.type === 'guide' ? checkBureauFacts(reply, index) : checkUnreviewedFacts(reply, index);
  }
}

function* checkExpiry(reply: SourcedReply, index: number, today: string, soon: string): Generator<Finding> {
  const { expires } = reply;
  if (expires === undefined || expires > soon) return;
  const where = atReply(reply, index, 'expires');
  yield expires <= today
    ? { rule: 'reply_expired', severity: 'warning', where, message: findingSentences.reply_expired(expires) }
    : {
        rule: 'reply_expires_soon',
        severity: 'notice',
        where,
        message: findingSentences.reply_expires_soon(expires),
      };
}

function* checkSources(reply: SourcedReply, index: number): Generator<Finding> {
  const where = atReply(reply, index);
  if (reply.sources.length > 0 && reply.sources.every((source) => source.standing === 'lead')) {
    yield {
      rule: 'lead_sources_only',
      severity: 'notice',
      where,
      message: findingSentences.lead_sources_only(),
    };
  }
  if (reply.type !== 'guide') return;
  if (reply.sources.length === 0) {
    const message = findingSentences.guide_without_source();
    yield { rule: 'guide_without_source', severity: 'warning', where, message };
  }
  if (reply.reviewed === undefined) {
    const message = findingSentences.guide_without_review_date();
    yield { rule: 'guide_without_review_date', severity: 'warning', where, message };
  }
}

function* checkBureauFacts(
  reply: Extract<ReplyContent, { type: 'guide' }>,
  index: number,
): Generator<Finding> {
  for (const field of guideFacts) {
    const fact = reply[field];
    if (typeof fact !== 'object') continue;
    const message = findingSentences.bureau_must_supply(fact.bureau);
    yield { rule: 'bureau_must_supply', severity: 'notice', where: atReply(reply, index, field), message };
  }
}

/** A subscriber's number (mobile, fixed line, 400/800) or a sum of money; the nation's short numbers do not age. */
const agingFact =
  /(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[- ]?\d{7,8}|[48]00[- ]?\d{3}[- ]?\d{4})(?!\d)|\d+(?:\.\d+)? ?元/;

function* checkUnreviewedFacts(reply: SourcedReply, index: number): Generator<Finding> {
  if (reply.reviewed !== undefined) return;
  for (const { field, text } of citizenTexts(reply)) {
    const fact = agingFact.exec(text)?.[0];
    if (fact === undefined) continue;
    const where = atReply(reply, index, field);
    yield {
      rule: 'unreviewed_fact',
      severity: 'warning',
      where,
      message: findingSentences.unreviewed_fact(fact),
    };
  }
}
