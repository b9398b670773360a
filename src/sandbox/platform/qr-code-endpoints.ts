import { z } from 'zod';
import type { QrCode } from '../account-state.js';
import { randomText } from '../random-text.js';
import { readBody, type PlatformCall, type PlatformEndpoint } from './platform-call.js';
import { qrRules } from './platform-limits.js';
import { PlatformRefusal } from './platform-refusal.js';

export const qrCodeEndpoints: readonly PlatformEndpoint[] = [
  { method: 'POST', path: '/cgi-bin/qrcode/create', run: createQrCode },
];

const namedBody = z.object({ action_name: z.string() });
const sceneId = (max: number) => z.object({ scene_id: z.int().min(1).max(max) });
const sceneStr = z.object({ scene_str: z.string().min(1).max(qrRules.sceneCharacters) });
const temporary = {
  expire_seconds: z.int().min(1).max(qrRules.longestSeconds).default(qrRules.defaultSeconds),
};
const info = <Scene extends z.ZodType>(scene: Scene) => z.object({ scene });

const bodies = {
  QR_SCENE: z.object({ ...temporary, action_info: info(sceneId(qrRules.temporarySceneId)) }),
  QR_STR_SCENE: z.object({ ...temporary, action_info: info(sceneStr) }),
  QR_LIMIT_SCENE: z.object({ action_info: info(sceneId(qrRules.permanentSceneId)) }),
  QR_LIMIT_STR_SCENE: z.object({ action_info: info(sceneStr) }),
} as const;

function createQrCode(call: PlatformCall): object {
  const { action_name: name } = readBody(call, namedBody);
  if (!isActionName(name)) throw new PlatformRefusal(40052);
  const body = readBody(call, bodies[name], 40053);
  const { scene } = body.action_info;
  const seconds = 'expire_seconds' in body ? body.expire_seconds : null;
  const code = keepCode(call, {
    ticket: `gQ${randomText(call.platform.random, 94)}`,
    scene: 'scene_id' in scene ? String(scene.scene_id) : scene.scene_str,
    numeric: 'scene_id' in scene,
    expiresAt: seconds === null ? null : call.now + seconds * 1000,
  });
  return {
    ticket: code.ticket,
    ...(seconds !== null && { expire_seconds: seconds }),
    url: `http://weixin.qq.com/q/${code.ticket.slice(2, 26)}`,
  };
}

function isActionName(name: string): name is keyof typeof bodies {
  return Object.hasOwn(bodies, name);
}

/** The same permanent scene is the same code; expired codes are forgotten. */
function keepCode(call: PlatformCall, code: QrCode): QrCode {
  const { state } = call.account;
  state.qrCodes = state.qrCodes.filter(({ expiresAt }) => expiresAt === null || expiresAt > call.now);
  if (code.expiresAt === null) {
    const permanent = state.qrCodes.filter(({ expiresAt }) => expiresAt === null);
    const same = permanent.find(({ scene, numeric }) => scene === code.scene && numeric === code.numeric);
    if (same) return same;
    if (permanent.length >= qrRules.permanentCodes) throw new PlatformRefusal(45029);
  }
  state.qrCodes.push(code);
  call.platform.world.announceAccount(call.account);
  return code;
}
