import { z } from 'zod';
import { chatEntrySchema } from '../api-types/sandbox.js';

/** Leave to send customer-service messages, opened by something that the citizen did. */
const grantSchema = z.object({
  trigger: z.enum(['message', 'click', 'follow', 'scan']),
  expiresAt: z.number(),
  remaining: z.int(),
});

export const citizenStateSchema = z.object({
  openid: z.string(),
  nickname: z.string(),
  following: z.boolean(),
  /** 0: has never followed. */
  followedAt: z.number(),
  /** The scene of the QR code that led here; null: found by search. */
  followScene: z.string().nullable(),
  /** When the citizen last did something that a typing hint may answer. */
  lastActiveAt: z.number(),
  /** The account's typing hint is shown until then. */
  typingUntil: z.number(),
  grants: z.array(grantSchema),
  chat: z.array(chatEntrySchema),
});

const buttonSchema = z.object({
  name: z.string(),
  type: z.string().optional(),
  key: z.string().optional(),
  url: z.string().optional(),
  media_id: z.string().optional(),
  article_id: z.string().optional(),
  appid: z.string().optional(),
  pagepath: z.string().optional(),
});

/** A menu as the platform keeps it, in its own field names. */
export const menuSchema = z.array(
  z.object({ ...buttonSchema.shape, sub_button: z.array(buttonSchema).optional() }),
);

const qrCodeSchema = z.object({
  ticket: z.string(),
  scene: z.string(),
  numeric: z.boolean(),
  /** null: permanent. */
  expiresAt: z.number().nullable(),
});

/** What the simulated platform remembers of one account across restarts. */
export const accountStateSchema = z.object({
  accountId: z.string(),
  menu: menuSchema.nullable(),
  qrCodes: z.array(qrCodeSchema),
  citizens: z.array(citizenStateSchema),
});

export const sandboxStateSchema = z.object({
  version: z.literal(1),
  lastId: z.int(),
  accounts: z.array(accountStateSchema),
});

export type Grant = z.output<typeof grantSchema>;
export type CitizenState = z.output<typeof citizenStateSchema>;
export type PlatformButton = z.output<typeof buttonSchema>;
export type PlatformMenu = z.output<typeof menuSchema>;
export type QrCode = z.output<typeof qrCodeSchema>;
export type AccountState = z.output<typeof accountStateSchema>;
export type SandboxState = z.output<typeof sandboxStateSchema>;
