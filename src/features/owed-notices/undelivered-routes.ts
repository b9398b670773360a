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
import type { NoticeSubject } from './notice-subject.js';
import type { UndeliveredNotices, UndeliveredNoticeView } from './undelivered-notices.js';

/** Messages about one kind of subject that did not arrive. */
export function undeliveredRoutes(
  undelivered: Pick<UndeliveredNotices, 'list' | 'repeat'>,
  { kind: subjectKind, desk }: Pick<NoticeSubject, 'kind' | 'desk'>,
): Route[] {
  const base = `/accounts/:accountId/undelivered-notices/${desk.path}`;
  return [
    defineRoute({
      permission: desk.see,
      account: 'path',
      method: 'get',
      path: base,
      summary: `Messages about ${desk.path} that did not arrive, the latest first, everybody masked`,
      params: accountPathSchema,
      query: undeliveredQuerySchema,
      response: undeliveredPageSchema,
      async handler({ params: { accountId }, query: { limit, after } }) {
        const page = { limit: limit + 1, ...(after !== undefined && { after }) };
        const found = await undelivered.list({ accountId, subjectKind }, page);
        const shown = found.slice(0, limit);
        return {
          notices: shown.map(present),
          next: found.length > limit ? (shown.at(-1)?.notice.id ?? null) : null,
        };
      },
    }),
    defineRoute({
      permission: desk.repeat,
      account: 'path',
      method: 'post',
      path: `${base}/:noticeId/repeat`,
      summary: `Has one about ${desk.path} sent once more, for a reason that goes on record`,
      params: undeliveredPathSchema,
      body: reasonSchema,
      handler: ({ params, body, actor }) => undelivered.repeat({ ...params, ...body, subjectKind }, actor),
    }),
  ];
}

function present({
  notice,
  about,
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
    about: about && {
      title: about.title,
      place: about.place,
      day: about.day,
      startsAt: about.time?.startsAt.toISOString() ?? null,
      endsAt: about.time?.endsAt.toISOString() ?? null,
      person: about.person,
    },
  };
}
