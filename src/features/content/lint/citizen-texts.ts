import type { Fact, ReplyContent } from '../../../dialog/content-model.js';

/** A sentence that citizens read, and the field which holds it: `steps.2`. */
export interface CitizenText {
  field: string;
  text: string;
}

export const guideFacts = ['fee', 'time', 'place', 'phone'] as const;

/** Every sentence of a reply that citizens read. */
export function* citizenTexts(reply: ReplyContent): Generator<CitizenText> {
  yield { field: 'title', text: reply.title };
  if (reply.type === 'text') yield { field: 'text', text: reply.text };
  if (reply.type === 'guide') {
    yield { field: 'summary', text: reply.summary };
    for (const field of ['materials', 'steps', 'notes', 'legal'] as const) {
      for (const [index, text] of reply[field].entries()) yield { field: `${field}.${index}`, text };
    }
    for (const field of guideFacts) {
      const fact = reply[field];
      if (fact !== undefined) yield { field, text: sentenceOf(fact) };
    }
    if (reply.online) yield { field: 'online.title', text: reply.online.title };
  }
  if (reply.type === 'articles') {
    for (const [index, article] of reply.articles.entries()) {
      yield { field: `articles.${index}.title`, text: article.title };
      yield { field: `articles.${index}.description`, text: article.description };
    }
  }
  if (reply.type === 'video' || reply.type === 'music')
    yield { field: 'description', text: reply.description };
}

export function sentenceOf(fact: Fact): string {
  return typeof fact === 'string' ? fact : fact.bureau;
}
