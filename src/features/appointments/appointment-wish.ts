import { z } from 'zod';
import { submissionSchema } from '../../dialog/forms/form-model.js';
import type { JsonRecord } from '../../dialog/request.js';
import type { Asker } from '../conversations/dialog-requests.js';
import type { Citizen } from './booking-desk.js';

const text = z.string().optional();

const wishSchema = submissionSchema.extend({
  values: z.object({
    service: text,
    venue: text,
    day: text,
    /** The id of the slot. */
    time: text,
    /** The id of the citizen's own appointment. */
    appointment: text,
    name: text,
    idNumber: text,
    phone: text,
  }),
  /** Of the hold. */
  facts: z.object({ appointmentId: text }).optional(),
});

/** What a citizen has filled in so far, of whichever appointment form; and who it is. */
export interface Wish extends z.output<typeof wishSchema> {
  citizen: Citizen;
  /** When it was said: milliseconds since the epoch, UTC. */
  at: number;
}

export function readWish({ accountId, openid, sentAt }: Asker, payload: JsonRecord): Wish {
  return { ...wishSchema.parse(payload), citizen: { accountId, openid }, at: sentAt };
}
