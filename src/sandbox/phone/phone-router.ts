import { Router, type RouterContext } from '@koa/router';
import getRawBody from 'raw-body';
import { z } from 'zod';
import {
  citizenActionSchema,
  misbehaviourSchema,
  newCitizenSchema,
  type CitizenChat,
  type CitizenView,
  type Overview,
} from '../../api-types/sandbox.js';
import type { Clock } from '../../core/clock.js';
import { UserError } from '../../core/errors.js';
import type { CitizenState } from '../account-state.js';
import { viewAccount, viewCitizen } from '../account-view.js';
import { requireLocalNames } from '../guard.js';
import type { MediaStore } from '../platform/media-store.js';
import { refusalTexts } from '../sandbox-texts.js';
import type { World, WorldAccount } from '../world.js';
import type { CitizenActions } from './citizen-actions.js';
import { liveUpdates } from './live-updates.js';
import { pictures, places } from './offerings.js';

export interface PhoneRouterOptions {
  prefix: string;
  world: World;
  actions: CitizenActions;
  media: MediaStore;
  clock: Clock;
  /** Paths of the simulated API, for the fault switches. */
  endpoints: readonly string[];
  /** Where the browser finds the pictures. */
  pagePrefix: string;
  stopping: AbortSignal;
}

const bodyLimit = '64kb';
const foundAtMost = 20;

/** What the phone page calls. Types: `api-types/sandbox.ts`. */
export function createPhoneRouter(options: PhoneRouterOptions): Router {
  const { prefix, world, actions, media, clock, stopping } = options;
  const router = new Router({ prefix });
  router.use(requireLocalNames());

  router.get('/overview', (ctx) => {
    ctx.body = overview(options);
  });

  router.get('/events', liveUpdates(world, stopping));

  router.post('/accounts/:accountId/citizens', async (ctx) => {
    const { nickname } = await readJson(ctx, newCitizenSchema);
    const citizen = world.addCitizen(findAccount(ctx, world), nickname);
    ctx.status = 201;
    ctx.body = viewCitizen(citizen);
  });

  router.get('/accounts/:accountId/citizens', (ctx) => {
    const { search } = ctx.query;
    ctx.body = { citizens: findByName(findAccount(ctx, world), typeof search === 'string' ? search : '') };
  });

  router.put('/accounts/:accountId/misbehaviour', async (ctx) => {
    const account = findAccount(ctx, world);
    account.misbehaviour = await readJson(ctx, misbehaviourSchema);
    world.announceAccount(account);
    ctx.body = viewAccount(account, clock.now());
  });

  router.get('/accounts/:accountId/citizens/:openid/chat', (ctx) => {
    const account = findAccount(ctx, world);
    const citizen = findCitizen(ctx, account);
    world.takeUp(account, citizen);
    ctx.body = { citizen: viewCitizen(citizen), entries: citizen.chat } satisfies CitizenChat;
  });

  router.post('/accounts/:accountId/citizens/:openid/actions', async (ctx) => {
    const account = findAccount(ctx, world);
    const citizen = findCitizen(ctx, account);
    actions.perform(account, citizen, await readJson(ctx, citizenActionSchema));
    ctx.status = 202;
    ctx.body = {};
  });

  router.get('/media/:mediaId', (ctx) => {
    const found = media.find(ctx.params.mediaId ?? '', clock.now());
    if (!found) throw new UserError('unknown_media', refusalTexts.unknownMedia, { status: 404 });
    ctx.set({ 'Content-Type': found.contentType, 'X-Content-Type-Options': 'nosniff' });
    ctx.body = found.bytes;
  });

  return router;
}

/** Citizens found by a part of their name or openid, a page of them at most. */
function findByName({ citizens }: WorldAccount, search: string): CitizenView[] {
  const found: CitizenView[] = [];
  for (const citizen of citizens.values()) {
    if (citizen.nickname.includes(search) || citizen.openid.includes(search))
      found.push(viewCitizen(citizen));
    if (found.length === foundAtMost) break;
  }
  return found;
}

function overview({ world, clock, endpoints, pagePrefix }: PhoneRouterOptions): Overview {
  return {
    accounts: [...world.accounts.values()].map((account) => viewAccount(account, clock.now())),
    pictures: pictures.map(({ id, title, file }) => ({ id, title, url: `${pagePrefix}/${file}` })),
    places: places.map(({ id, label }) => ({ id, label })),
    endpoints: [...endpoints],
  };
}

function findAccount(ctx: RouterContext, world: World): WorldAccount {
  const account = world.accounts.get(ctx.params.accountId ?? '');
  if (!account) throw new UserError('unknown_account', refusalTexts.unknownAccount, { status: 404 });
  return account;
}

function findCitizen(ctx: RouterContext, account: WorldAccount): CitizenState {
  const citizen = account.citizens.get(ctx.params.openid ?? '');
  if (!citizen) throw new UserError('unknown_citizen', refusalTexts.unknownCitizen, { status: 404 });
  return citizen;
}

/** Only application/json: a form of another site cannot send that without asking first. */
export async function readJson<Schema extends z.ZodType>(
  ctx: RouterContext,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = ctx.is('json') ? await getRawBody(ctx.req, { encoding: 'utf8', limit: bodyLimit }) : '';
  const read = schema.safeParse(parse(text));
  if (!read.success) {
    throw new UserError('bad_request', refusalTexts.badRequest, {
      details: { reason: z.prettifyError(read.error) },
    });
  }
  return read.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
