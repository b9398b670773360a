import type { z } from 'zod';
import type { World, WorldAccount } from '../world.js';
import type { ChatEntry } from '../../api-types/sandbox.js';
import type { CitizenState } from '../account-state.js';
import type { MessageFields } from '../delivery/message-xml.js';
import type { AccessTokens } from './access-tokens.js';
import type { CallQuotas } from './call-quotas.js';
import { PlatformRefusal } from './platform-refusal.js';
import type { SentTemplates } from './sent-templates.js';

/** One request to the platform's API, as it came. */
export interface PlatformRequest {
  method: string;
  /** Below the API's base, such as `/cgi-bin/token`. */
  path: string;
  query: URLSearchParams;
  body: string;
}

/** What an endpoint that is called with a token works with. */
export interface PlatformCall {
  account: WorldAccount;
  query: URLSearchParams;
  /** The parsed JSON of a POST; undefined for a GET. */
  body: unknown;
  /** The body as it came: some rules are about its spelling. */
  rawBody: string;
  now: number;
  platform: PlatformParts;
}

export interface PlatformParts {
  world: World;
  tokens: AccessTokens;
  quotas: CallQuotas;
  sentTemplates: SentTemplates;
  report: ReportEvent;
  random: () => number;
}

/** Tells the account's webhook by an event what became of something; the entry of the chat shows how that fares. */
export type ReportEvent = (
  account: WorldAccount,
  citizen: CitizenState,
  entry: ChatEntry,
  fields: MessageFields,
) => void;

export interface PlatformEndpoint {
  method: 'GET' | 'POST';
  path: string;
  /** The answer beside errcode and errmsg. Throws PlatformRefusal. */
  run: (call: PlatformCall) => object;
}

/** @throws PlatformRefusal `errcode` when the body has another shape. */
export function readBody<Schema extends z.ZodType>(
  call: PlatformCall,
  schema: Schema,
  errcode = 47001,
): z.output<Schema> {
  const read = schema.safeParse(call.body);
  if (!read.success) throw new PlatformRefusal(errcode);
  return read.data;
}

/** @throws PlatformRefusal 40003 for an openid that is not this account's, 43004 for a citizen who does not follow. */
export function findFollower(call: PlatformCall, openid: string): CitizenState {
  const citizen = call.account.citizens.get(openid);
  if (!citizen || citizen.followedAt === 0) throw new PlatformRefusal(40003);
  if (!citizen.following) throw new PlatformRefusal(43004);
  return citizen;
}
