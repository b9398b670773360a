import type { z } from 'zod';
import type { World, WorldAccount } from '../world.js';
import type { CitizenState } from '../account-state.js';
import type { Report, ReportDesk } from '../delivery/report-desk.js';
import type { AccessTokens } from './access-tokens.js';
import type { CallQuotas } from './call-quotas.js';
import type { MassJobs } from './mass-jobs.js';
import type { MediaStore } from './media-store.js';
import type { Mishaps } from './mishaps.js';
import { PlatformRefusal } from './platform-refusal.js';
import type { SentTemplates } from './sent-templates.js';

/** One request to the platform's API, as it came. */
export interface PlatformRequest {
  method: string;
  /** Below the API's base, such as `/cgi-bin/token`. */
  path: string;
  query: URLSearchParams;
  body: string;
  /** A body that is no JSON: files. */
  upload?: { contentType: string; bytes: Buffer } | undefined;
}

/** What an endpoint that is called with a token works with. */
export interface PlatformCall {
  account: WorldAccount;
  query: URLSearchParams;
  /** The parsed JSON of a POST; undefined for a GET and for files. */
  body: unknown;
  /** The body as it came: some rules are about its spelling. */
  rawBody: string;
  upload: PlatformRequest['upload'];
  now: number;
  platform: PlatformParts;
  /** Reports that are to arrive before the answer leaves. */
  reported: Promise<void>[];
}

export interface PlatformParts {
  world: World;
  tokens: AccessTokens;
  quotas: CallQuotas;
  sentTemplates: SentTemplates;
  massJobs: MassJobs;
  media: MediaStore;
  mishaps: Mishaps;
  reports: ReportDesk;
  random: () => number;
}

export interface PlatformEndpoint {
  method: 'GET' | 'POST';
  path: string;
  /** Takes files instead of JSON. */
  takesFiles?: true;
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

/** @throws PlatformRefusal 40003 for an openid that is not this account's. */
export function findCitizen(call: PlatformCall, openid: string): CitizenState {
  const citizen = call.account.citizens.get(openid);
  if (!citizen) throw new PlatformRefusal(40003);
  return citizen;
}

/**
 * @throws PlatformRefusal 40003 for an openid that is not this account's, 43004 for a citizen who does not follow,
 * 43019 for one on the account's blacklist.
 */
export function findFollower(call: PlatformCall, openid: string): CitizenState {
  const citizen = findCitizen(call, openid);
  if (citizen.followedAt === 0) throw new PlatformRefusal(40003);
  if (!citizen.following) throw new PlatformRefusal(43004);
  if (citizen.blacklisted) throw new PlatformRefusal(43019);
  return citizen;
}

/** Tells the account what became of a message. @param afterMs when that is known. */
export function report(call: PlatformCall, report: Omit<Report, 'account'>, afterMs = 0): void {
  const { beforeAnswer } = call.account.misbehaviour.reports;
  const sent = call.platform.reports.send({ account: call.account, ...report }, beforeAnswer ? 0 : afterMs);
  if (beforeAnswer) call.reported.push(sent);
}
