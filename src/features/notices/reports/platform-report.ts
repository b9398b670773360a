import { z } from 'zod';
import type { CitizenMessage } from '../../../core/messages.js';
import type { ConsentChange, ConsentEvent } from '../consent-ledger.js';
import type { MassReport } from '../mass-call.js';

/** What the platform reports about one message to one citizen. */
export interface DeliveryReport {
  kind: 'delivery';
  accountId: string;
  messageId: string;
  state: 'delivered' | 'failed';
  /** Why it failed: `report:<what the platform says>`. */
  reason?: string;
  openid: string;
  /** The citizen does not want to hear from the account any more. */
  isBlocked: boolean;
  at: Date;
}

export interface MassCallReport {
  kind: 'mass';
  accountId: string;
  messageId: string;
  report: MassReport;
}

export type PlatformReport = DeliveryReport | MassCallReport | ({ kind: 'consent' } & ConsentEvent);

/**
 * The reports in an event of the platform, empty: it is none. Fields that are missing make it none, too: such an event
 * is recorded as any other.
 *
 * Sources: WeChat, the events TEMPLATESENDJOBFINISH, MASSSENDJOBFINISH and subscribe_msg_{popup,change,sent}_event.
 */
export function readReports(message: CitizenMessage, now: Date): PlatformReport[] {
  const { input } = message;
  if (input.kind !== 'notification') return [];
  switch (input.name) {
    case 'templatesendjobfinish':
      return readTemplateReport(message, now);
    case 'masssendjobfinish':
      return readMassReport(message, now);
    case 'subscribe_msg_popup_event':
      return readConsents(message, 'SubscribeMsgPopupEvent', { accept: 'accepted', reject: 'refused' }, now);
    case 'subscribe_msg_change_event':
      return readConsents(message, 'SubscribeMsgChangeEvent', { accept: 'allowed', reject: 'refused' }, now);
    case 'subscribe_msg_sent_event':
      return readSentReports(message, now);
    default:
      return [];
  }
}

const text = z.union([z.string(), z.number()]).transform(String);
const count = z.coerce.number().int().min(0).catch(0);
const templateSchema = z.object({ MsgID: text, Status: text });
const massSchema = z.object({
  MsgID: text,
  Status: text,
  TotalCount: count,
  FilterCount: count,
  SentCount: count,
  ErrorCount: count,
});
const consentSchema = z.object({ TemplateId: text, SubscribeStatusString: text });
const sentSchema = z.object({ MsgID: text, ErrorCode: text, ErrorStatus: text.default('') });

function readTemplateReport({ accountId, openid, raw }: CitizenMessage, at: Date): PlatformReport[] {
  const parsed = templateSchema.safeParse(raw);
  if (!parsed.success) return [];
  const { MsgID: messageId, Status: status } = parsed.data;
  const about = { kind: 'delivery', accountId, openid, messageId, at } as const;
  if (status === 'success') return [{ ...about, state: 'delivered', isBlocked: false }];
  return [{ ...about, state: 'failed', reason: reasonOf(status), isBlocked: /user block/.test(status) }];
}

function readMassReport({ accountId, raw }: CitizenMessage, at: Date): PlatformReport[] {
  const parsed = massSchema.safeParse(raw);
  if (!parsed.success) return [];
  const { MsgID, Status, TotalCount, FilterCount, SentCount, ErrorCount } = parsed.data;
  const counts = { total: TotalCount, filtered: FilterCount, sent: SentCount, errors: ErrorCount };
  return [{ kind: 'mass', accountId, messageId: MsgID, report: { status: Status, ...counts, at } }];
}

function readSentReports({ accountId, openid, raw }: CitizenMessage, at: Date): PlatformReport[] {
  return itemsIn(raw, 'SubscribeMsgSentEvent', sentSchema).map(({ MsgID, ErrorCode, ErrorStatus }) => {
    const about = { kind: 'delivery', accountId, openid, messageId: MsgID, at, isBlocked: false } as const;
    return ErrorCode === '0'
      ? { ...about, state: 'delivered' }
      : { ...about, state: 'failed', reason: reasonOf(`${ErrorCode} ${ErrorStatus}`.trim()) };
  });
}

function readConsents(
  { accountId, openid, key, raw }: CitizenMessage,
  holder: string,
  changes: Readonly<Record<string, ConsentChange>>,
  at: Date,
): PlatformReport[] {
  return itemsIn(raw, holder, consentSchema).flatMap(({ TemplateId, SubscribeStatusString }, index) => {
    const change = changes[SubscribeStatusString];
    if (!change) return [];
    const consent = { accountId, openid, templateId: TemplateId, change, key: `${key}#${index}`, at };
    return [{ kind: 'consent', ...consent }];
  });
}

/** `{ [holder]: { List } }` in XML; in JSON also `{ [holder]: […] }` and `{ List }`; one item without a list. */
function itemsIn<Item>(raw: Record<string, unknown>, holder: string, schema: z.ZodType<Item>): Item[] {
  const held = raw[holder] ?? raw;
  const list = isRecord(held) && !Array.isArray(held) ? held['List'] : held;
  return [list].flat().flatMap((item) => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** `failed:user block` and `failed: system failed` say the same in one way. */
function reasonOf(status: string): string {
  return `report:${status.replace(/^failed:\s*/i, '')}`;
}
