import { z } from 'zod';
import { submissionSchema } from '../../../dialog/forms/form-model.js';
import { given } from '../../../dialog/forms/submission.js';
import type { JsonRecord } from '../../../dialog/request.js';
import type { Asker } from '../../conversations/dialog-requests.js';
import type { Citizen } from '../registration-desk.js';

const text = z.string().optional();

const wishSchema = submissionSchema.extend({
  /** Besides these, the answers to what the activity asks. */
  values: z.looseObject({
    activity: text,
    /** See `readGroupChoice`. */
    group: text,
    /** Of the citizen's own registration; to be cancelled, see `readRefundChoice`. */
    registration: text,
    name: text,
    idNumber: text,
    phone: text,
    school: text,
    district: text,
  }),
  /** Of the group that was chosen. */
  facts: z.object({ formVersion: z.int().optional() }).optional(),
});

/** What a citizen has filled in so far, of whichever activity form; and who it is. */
export interface Wish extends z.output<typeof wishSchema> {
  citizen: Citizen;
  /** When it was said: milliseconds since the epoch, UTC. */
  at: number;
}

export function readWish({ accountId, openid, sentAt }: Asker, payload: JsonRecord): Wish {
  return { ...wishSchema.parse(payload), citizen: { accountId, openid }, at: sentAt };
}

/** A group, and whether its waiting list will do: what was agreed to by choosing it. */
export interface GroupChoice {
  groupId: string;
  mayWait: boolean;
}

export function writeGroupChoice({ groupId, mayWait }: GroupChoice): string {
  return mayWait ? `${waiting}${groupId}` : groupId;
}

export function readGroupChoice(value: string): GroupChoice {
  const mayWait = value.startsWith(waiting);
  return { groupId: mayWait ? value.slice(waiting.length) : value, mayWait };
}

/** A registration to be cancelled, and what the citizen was told comes back, in fen. */
export interface RefundChoice {
  registrationId: string;
  refundFen: number;
}

export function writeRefundChoice({ registrationId, refundFen }: RefundChoice): string {
  return `${refundFen}:${registrationId}`;
}

export function readRefundChoice(value: string): RefundChoice {
  const [, fen = '', registrationId] = /^(\d+):(.+)$/s.exec(value) ?? [];
  return { registrationId: given(registrationId, 'registration'), refundFen: Number(fen) };
}

/** No id of a group has a colon. */
const waiting = 'wait:';
