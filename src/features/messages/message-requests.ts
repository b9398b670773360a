import { z } from 'zod';
import { submissionSchema } from '../../dialog/forms/form-model.js';
import type { JsonRecord } from '../../dialog/request.js';
import type { RequestHandler } from '../conversations/dialog-requests.js';
import type { MessageKind, NewMessage } from './message.js';
import type { MessageService } from './message-service.js';

const messageSubmissionSchema = submissionSchema.extend({
  values: z.object({
    text: z.string(),
    phone: z.string().optional(),
    picture: z.object({ mediaId: z.string(), url: z.string() }).optional(),
  }),
});

/** `messages.leave` and `messages.correct`, as the two forms submit them; the outcome holds the `receipt`. */
export function messageRequests(service: MessageService): [string, RequestHandler][] {
  const handlerOf =
    (kind: MessageKind): RequestHandler =>
    async (asker, payload) => ({ receipt: await service.leave(asker, readSubmission(kind, payload)) });
  return [
    ['messages.leave', handlerOf('message')],
    ['messages.correct', handlerOf('correction')],
  ];
}

function readSubmission(kind: MessageKind, payload: JsonRecord): NewMessage {
  const { values, about, consent } = messageSubmissionSchema.parse(payload);
  const { text, phone, picture } = values;
  return {
    kind,
    text,
    ...(phone !== undefined && { phone }),
    ...(picture && { picture }),
    ...(about && { about }),
    ...(consent && { consent: { notice: consent.notice, at: new Date(consent.at) } }),
  };
}
