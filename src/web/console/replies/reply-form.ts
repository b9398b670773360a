import { replySchema, type ReplyContent } from '../../../api-types/content-values.js';
import type { ReplyType, SourceStanding } from '../draft/content-words.js';
import { tidyLines } from '../draft/edit-lines.js';

type Guide = Extract<ReplyContent, { type: 'guide' }>;
type Fact = NonNullable<Guide['fee']>;

/** A fact as it is typed: known, or to be supplied by the bureau, with what citizens are told until then. */
export interface FactDraft {
  text: string;
  byBureau: boolean;
}

export interface ArticleDraft {
  title: string;
  description: string;
  pictureUrl: string;
  url: string;
}

export interface SourceDraft {
  title: string;
  url: string;
  standing: SourceStanding;
}

export const factFields = ['fee', 'time', 'place', 'phone'] as const;

/** A reply of any type as it is typed. What belongs to other types stays, should the clerk change their mind. */
export interface ReplyForm {
  id: string;
  title: string;
  type: ReplyType;
  text: string;
  summary: string;
  materials: string[];
  steps: string[];
  fee: FactDraft;
  time: FactDraft;
  place: FactDraft;
  phone: FactDraft;
  online: { title: string; url: string };
  notes: string[];
  legal: string[];
  articles: ArticleDraft[];
  mediaId: string;
  description: string;
  url: string;
  hqUrl: string;
  thumbMediaId: string;
  staffAccount: string;
  sources: SourceDraft[];
  /** `YYYY-MM-DD`, or empty. */
  reviewed: string;
  expires: string;
}

export function beginReply(id: string, title = '', text = ''): ReplyForm {
  const fact = (): FactDraft => ({ text: '', byBureau: false });
  return {
    id,
    title,
    type: 'text',
    text,
    summary: '',
    materials: [],
    steps: [],
    fee: fact(),
    time: fact(),
    place: fact(),
    phone: fact(),
    online: { title: '', url: '' },
    notes: [],
    legal: [],
    articles: [],
    mediaId: '',
    description: '',
    url: '',
    hqUrl: '',
    thumbMediaId: '',
    staffAccount: '',
    sources: [],
    reviewed: '',
    expires: '',
  };
}

export function beginArticle(): ArticleDraft {
  return { title: '', description: '', pictureUrl: '', url: '' };
}

/** @throws ZodError where the value is no reply. */
export function readReply(value: unknown): ReplyForm {
  const reply = replySchema.parse(value);
  const blank = beginReply(reply.id, reply.title);
  const form = { ...blank, type: reply.type };
  switch (reply.type) {
    case 'text':
      return { ...form, ...readProvenance(reply), text: reply.text };
    case 'guide':
      return { ...form, ...readProvenance(reply), ...readGuide(reply) };
    case 'articles':
      return {
        ...form,
        ...readProvenance(reply),
        articles: reply.articles.map((article) => ({ ...beginArticle(), ...withoutUndefined(article) })),
      };
    case 'image':
    case 'voice':
      return { ...form, ...readProvenance(reply), mediaId: reply.mediaId };
    case 'video':
      return { ...form, ...readProvenance(reply), mediaId: reply.mediaId, description: reply.description };
    case 'music': {
      const { description, url, hqUrl = '', thumbMediaId } = reply;
      return { ...form, ...readProvenance(reply), description, url, hqUrl, thumbMediaId };
    }
    case 'transfer':
      return { ...form, staffAccount: reply.staffAccount ?? '' };
  }
}

/** What is saved: the fields of the type, without what is empty. */
export function writeReply(form: ReplyForm): Record<string, unknown> {
  const head = { id: form.id, title: form.title.trim(), type: form.type };
  switch (form.type) {
    case 'text':
      return { ...head, text: form.text.trim(), ...writeProvenance(form) };
    case 'guide':
      return { ...head, ...writeGuide(form), ...writeProvenance(form) };
    case 'articles':
      return { ...head, articles: form.articles.map(writeArticle), ...writeProvenance(form) };
    case 'image':
    case 'voice':
      return { ...head, mediaId: form.mediaId.trim(), ...writeProvenance(form) };
    case 'video':
      return {
        ...head,
        mediaId: form.mediaId.trim(),
        description: form.description.trim(),
        ...writeProvenance(form),
      };
    case 'music':
      return {
        ...head,
        description: form.description.trim(),
        url: form.url.trim(),
        ...filled({ hqUrl: form.hqUrl }),
        thumbMediaId: form.thumbMediaId.trim(),
        ...writeProvenance(form),
      };
    case 'transfer':
      return { ...head, ...filled({ staffAccount: form.staffAccount }) };
  }
}

function readGuide(guide: Guide): Partial<ReplyForm> {
  const { summary, materials, steps, notes, legal, online } = guide;
  return {
    summary,
    materials,
    steps,
    notes,
    legal,
    fee: readFact(guide.fee),
    time: readFact(guide.time),
    place: readFact(guide.place),
    phone: readFact(guide.phone),
    online: { title: online?.title ?? '', url: online?.url ?? '' },
  };
}

function writeGuide(form: ReplyForm): Record<string, unknown> {
  const { title } = form.online;
  return {
    summary: form.summary.trim(),
    materials: tidyLines(form.materials),
    steps: tidyLines(form.steps),
    ...Object.fromEntries(factFields.flatMap((field) => writeFact(field, form[field]))),
    ...(title.trim() !== '' && { online: { title: title.trim(), ...filled({ url: form.online.url }) } }),
    notes: tidyLines(form.notes),
    legal: tidyLines(form.legal),
  };
}

function readFact(fact: Fact | undefined): FactDraft {
  if (fact === undefined) return { text: '', byBureau: false };
  return typeof fact === 'string' ? { text: fact, byBureau: false } : { text: fact.bureau, byBureau: true };
}

function writeFact(field: string, { text, byBureau }: FactDraft): [string, unknown][] {
  const sentence = text.trim();
  if (sentence === '') return [];
  return [[field, byBureau ? { bureau: sentence } : sentence]];
}

function writeArticle({ title, description, pictureUrl, url }: ArticleDraft): Record<string, unknown> {
  return {
    title: title.trim(),
    description: description.trim(),
    ...filled({ pictureUrl }),
    url: url.trim(),
  };
}

type Provenance = Pick<Guide, 'sources' | 'reviewed' | 'expires'>;

function readProvenance({ sources, reviewed = '', expires = '' }: Provenance): Partial<ReplyForm> {
  return { sources: sources.map((source) => ({ ...source, url: source.url ?? '' })), reviewed, expires };
}

function writeProvenance({ sources, reviewed, expires }: ReplyForm): Record<string, unknown> {
  return {
    sources: sources
      .filter(({ title, url }) => title.trim() !== '' || url.trim() !== '')
      .map(({ title, url, standing }) => ({ title: title.trim(), ...filled({ url }), standing })),
    ...filled({ reviewed, expires }),
  };
}

/** Only those that say something. */
function filled(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields)
      .map(([name, text]) => [name, text.trim()] as const)
      .filter(([, text]) => text !== ''),
  );
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> };
function withoutUndefined(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined));
}
