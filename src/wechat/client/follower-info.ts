import { z } from 'zod';

/**
 * What the platform tells of a person ("Get user basic information"). Name and picture are no longer part of it.
 * Of somebody who does not follow the account it tells nothing but that.
 */
export const followerInfoSchema = z
  .looseObject({
    openid: z.string().min(1),
    subscribe: z.int(),
    subscribe_time: z.int().optional(),
    subscribe_scene: z.string().optional(),
    unionid: z.string().optional(),
    remark: z.string().default(''),
    tagid_list: z.array(z.int()).default([]),
    qr_scene: z.int().optional(),
    qr_scene_str: z.string().optional(),
  })
  .transform((info) => ({
    openid: info.openid,
    follows: info.subscribe === 1,
    /** Milliseconds since the epoch, UTC: the last time that the person began to follow. */
    followedAt: info.subscribe_time ? info.subscribe_time * 1_000 : undefined,
    /** How the person came, for example ADD_SCENE_QR_CODE. */
    followedFrom: info.subscribe_scene,
    /** The scene of the QR code through which the person came. */
    qrScene: info.qr_scene_str || (info.qr_scene ? String(info.qr_scene) : undefined),
    unionId: info.unionid,
    remark: info.remark,
    tagIds: info.tagid_list,
  }));

export type FollowerInfo = z.output<typeof followerInfoSchema>;
