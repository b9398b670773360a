import { Router } from '@koa/router';
import type { Context } from 'koa';
import type { Registry } from 'prom-client';
import { Counter } from 'prom-client';
import getRawBody from 'raw-body';
import type { Clock } from '../../core/clock.js';
import { describeError } from '../../core/errors.js';
import type { ConversationPort } from '../../features/conversations/conversation-port.js';
import type { Logger } from '../../observability/logger.js';
import type { WechatAccount } from '../account.js';
import { parseInbound } from '../codec/inbound-message.js';
import { buildPassiveReply } from '../codec/passive-reply.js';
import { ProtocolError } from '../codec/protocol-error.js';
import { toCitizenMessage } from '../to-citizen-message.js';
import { AccountDoor } from './account-door.js';

export interface WebhookOptions {
  accounts: readonly WechatAccount[];
  /** The account behind `/wechat` without a name. */
  defaultAccount: string;
  conversations: ConversationPort;
  clock: Clock;
  logger: Logger;
  registry: Registry;
  freshnessSeconds: number;
}

/** The platform's largest message, a mass-send report, is a few kilobytes. */
const maxBodyBytes = 64 * 1024;
/** "Understood, nothing to say": the platform neither sends again nor tells the citizen anything. */
const silence = 'success';

/**
 * `GET` and `POST /wechat/:account`: the platform's door. Whatever is not proven to come from the platform is
 * refused with a 4xx and one log line; what is proven is answered within its patience of 5 seconds.
 */
export function webhookRouter(options: WebhookOptions): Router {
  const { clock, logger, conversations, defaultAccount, freshnessSeconds } = options;
  const doors = new Map(
    options.accounts.map((account) => [account.accountId, new AccountDoor(account, clock, freshnessSeconds)]),
  );
  const refused = new Counter({
    name: 'suishen_webhook_refused_total',
    help: 'Requests to the webhook that were refused, by reason',
    labelNames: ['account', 'reason'],
    registers: [options.registry],
  });
  const router = new Router();

  router.get(['/wechat', '/wechat/:account'], async (ctx) => {
    await admit(ctx, (door) => {
      door.checkQuery(ctx.query);
      ctx.type = 'text/plain';
      ctx.body = typeof ctx.query['echostr'] === 'string' ? ctx.query['echostr'] : '';
    });
  });

  router.post(['/wechat', '/wechat/:account'], async (ctx) => {
    await admit(ctx, (door, accountId) => receive(ctx, door, accountId));
  });

  async function receive(ctx: Context, door: AccountDoor, accountId: string): Promise<void> {
    door.checkQuery(ctx.query);
    const body = await readBody(ctx);
    const { record, seal } = door.openBody(body, ctx.query);
    const inbound = parseInbound(record);
    if (inbound.FromUserName === '') throw new ProtocolError('bad_xml', 'FromUserName is missing');

    const response = await conversations.respond(toCitizenMessage(accountId, inbound));
    if (response.kind === 'unavailable') {
      ctx.status = 503;
      ctx.body = '';
      return;
    }
    if (response.kind === 'later' || response.reply === null) {
      ctx.body = silence;
      return;
    }
    ctx.type = 'application/xml';
    ctx.body = seal(
      buildPassiveReply(response.reply, {
        to: inbound.FromUserName,
        from: inbound.ToUserName,
        createdAt: clock.now(),
      }),
    );
  }

  async function admit(
    ctx: Context,
    work: (door: AccountDoor, accountId: string) => void | Promise<void>,
  ): Promise<void> {
    const accountId = typeof ctx['params']?.account === 'string' ? ctx['params'].account : defaultAccount;
    const door = doors.get(accountId);
    if (!door) return refuse(ctx, 'unknown', 'no_account', 404);
    try {
      await work(door, accountId);
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      logger.warn(
        { account: accountId, code: refusal.code, reason: describeError(error) },
        'webhook request refused',
      );
      refuse(ctx, accountId, refusal.code, refusal.status);
    }
  }

  function refuse(ctx: Context, account: string, code: string, status: number): void {
    refused.inc({ account, reason: code });
    ctx.status = status;
    ctx.type = 'text/plain';
    ctx.body = code;
  }

  return router;
}

async function readBody(ctx: Context): Promise<string> {
  return getRawBody(ctx.req, {
    limit: maxBodyBytes,
    length: ctx.req.headers['content-length'] ?? null,
    encoding: 'utf-8',
  });
}

const forbidden = new Set(['bad_signature', 'stale', 'replayed', 'app_id_mismatch']);

/** What a stranger is told: a status and a code, never a reason. Null: the fault is ours. */
function refusalOf(error: unknown): { status: number; code: string } | null {
  if (error instanceof ProtocolError)
    return { status: forbidden.has(error.code) ? 403 : 400, code: error.code };
  if (!(error instanceof Error) || !('type' in error)) return null;
  if (error.type === 'entity.too.large') return { status: 413, code: 'too_large' };
  if (error.type === 'request.aborted' || error.type === 'request.size.invalid')
    return { status: 400, code: 'truncated' };
  return null;
}
