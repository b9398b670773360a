import { z } from 'zod';
import { readBody, type PlatformCall, type PlatformEndpoint } from './platform-call.js';
import { PlatformRefusal } from './platform-refusal.js';

export const quotaEndpoints: readonly PlatformEndpoint[] = [
  { method: 'POST', path: '/cgi-bin/clear_quota', run: clearQuota },
  { method: 'POST', path: '/cgi-bin/openapi/quota/get', run: getQuota },
];

const clearBody = z.object({ appid: z.string() });
const quotaBody = z.object({ cgi_path: z.string() });

function clearQuota(call: PlatformCall): object {
  if (readBody(call, clearBody).appid !== call.account.account.appId) throw new PlatformRefusal(40013);
  call.platform.quotas.clear(call.account.account.accountId, call.now);
  return {};
}

function getQuota(call: PlatformCall): object {
  const { cgi_path: path } = readBody(call, quotaBody);
  const limit = call.platform.quotas.dailyLimit(path);
  if (limit === undefined) throw new PlatformRefusal(76021);
  const used = call.platform.quotas.usedToday(call.account.account.accountId, path, call.now);
  return { quota: { daily_limit: limit, used, remain: Math.max(0, limit - used) } };
}
