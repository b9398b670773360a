import type { z } from 'zod';
import { accountPathSchema } from '../../api-types/account-path.js';
import { reasonSchema } from '../../api-types/appointments.js';
import {
  undeliveredPageSchema,
  undeliveredPathSchema,
  undeliveredQuerySchema,
  type undeliveredNoticeSchema,
} from '../../api-types/undelivered-notices.js';
import { defineRoute, type Route } from '../../http/api/route.js';
import type { UndeliveredNotices, UndeliveredNoticeView } from './notices/undelivered-notices.js';

const base = '/accounts/:accountId/appointments/undelivered';

/** Messages about appointments that did not arrive. */
export function undeliveredRoutes(undelivered: Pick<UndeliveredNotices, 'list' | 'repeat'>): Route[] {
  return [
    defineRoute({
      permission: 'appointments.serve',
      account: 'path',
      method: 'get',
      path: base,
      summary: 'Messages about appointments that did not arrive, the latest first, everybody masked',
      params: accountPathSchema,
      query: undeliveredQuerySchema,
      response: undeliveredPageSchema,
      async handler({ params: { accountId }, query: { limit, after } }) {
        const found = await undelivered.list(accountId, {
          limit: limit + 1,
          ...(after !== undefined && { after }),
        });
        const shown = found.slice(0, limit);
        return {
          notices: shown.map(present),
          next: found.length > limit ? (shown.at(-1)?.notice.id ?? null) : null,
        };
      },
    }),
    defineRoute({
      permission: 'appointments.override',
      account: 'path',
      method: 'post',
      path: `${base}/:noticeId/repeat`,
      summary: 'Has one sent once more, for a reason that goes on record',
      params: undeliveredPathSchema,
      body: reasonSchema,
      handler: ({ params, body, actor }) => undelivered.repeat({ ...params, ...body }, actor),
    }),
  ];
}

function present({
  notice,
  appointment,
  person,
  isRepeatable,
}: UndeliveredNoticeView): z.input<typeof undeliveredNoticeSchema> {
  const { id, kind, state, channel, reason, said, endedAt, until, openid } = notice;
  return {
    noticeId: id,
    kind,
    state,
    channel: channel ?? null,
    reason: reason ?? '',
    said: said ?? null,
    endedAt: endedAt.toISOString(),
    until: until.toISOString(),
    isRepeatable,
    citizen: openid.slice(-4),
    appointment: appointment && {
      appointmentId: appointment.appointmentId,
      state: appointment.state,
      service: appointment.service,
      venue: appointment.venue,
      day: appointment.day,
      startsAt: appointment.startsAt?.toISOString() ?? null,
      endsAt: appointment.endsAt?.toISOString() ?? null,
      person,
    },
  };
}
