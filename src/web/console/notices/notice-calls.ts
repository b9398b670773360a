import {
  deliveriesQuerySchema,
  deliveryPageSchema,
  noticeApprovalSchema,
  noticeChangeSchema,
  noticeCheckSchema,
  noticeForecastSchema,
  noticeListSchema,
  noticeProgressSchema,
  noticeReasonSchema,
  noticeRefusalSchema,
  noticeSchema,
  noticesQuerySchema,
  noticeSubmitSchema,
  noticeTestResultSchema,
  noticeTestSchema,
  pictureSchema,
  pictureUploadSchema,
  presetChangeSchema,
  presetListSchema,
  presetSchema,
  quietHoursSchema,
  quotaBoardSchema,
  recipientListSchema,
  recipientListUploadSchema,
  repeatUnknownSchema,
  templateListSchema,
} from '../../../api-types/notices.js';
import { addressOf, defineCall } from '../shared/define-call.js';

const account = '/accounts/:accountId';
const notices = `${account}/notices` as const;
const notice = `${notices}/:id` as const;

export const listNotices = defineCall({
  method: 'get',
  path: notices,
  query: noticesQuerySchema,
  response: noticeListSchema,
});
export const createNotice = defineCall({
  method: 'post',
  path: notices,
  body: noticeCheckSchema,
  response: noticeSchema,
});
export const readNotice = defineCall({ method: 'get', path: notice, response: noticeSchema });
export const changeNotice = defineCall({
  method: 'put',
  path: notice,
  body: noticeChangeSchema,
  response: noticeSchema,
});
export const removeNotice = defineCall({ method: 'delete', path: notice });
export const copyNotice = defineCall({ method: 'post', path: `${notice}/copy`, response: noticeSchema });

export const forecastNotice = defineCall({
  method: 'post',
  path: `${notices}/forecast`,
  body: noticeCheckSchema,
  response: noticeForecastSchema,
});
export const testNotice = defineCall({
  method: 'post',
  path: `${notices}/test`,
  body: noticeTestSchema,
  response: noticeTestResultSchema,
});

export const submitNotice = defineCall({
  method: 'post',
  path: `${notice}/submit`,
  body: noticeSubmitSchema,
  response: noticeSchema,
});
export const approveNotice = defineCall({
  method: 'post',
  path: `${notice}/approve`,
  body: noticeApprovalSchema,
  response: noticeSchema,
});
export const refuseNotice = defineCall({
  method: 'post',
  path: `${notice}/refuse`,
  body: noticeRefusalSchema,
  response: noticeSchema,
});
export const withdrawNotice = defineCall({
  method: 'post',
  path: `${notice}/withdraw`,
  response: noticeSchema,
});
export const pauseNotice = defineCall({
  method: 'post',
  path: `${notice}/pause`,
  body: noticeReasonSchema,
  response: noticeSchema,
});
export const resumeNotice = defineCall({ method: 'post', path: `${notice}/resume`, response: noticeSchema });
export const cancelNotice = defineCall({
  method: 'post',
  path: `${notice}/cancel`,
  body: noticeReasonSchema,
  response: noticeSchema,
});
export const repeatUnknown = defineCall({
  method: 'post',
  path: `${notice}/repeat-unknown`,
  body: repeatUnknownSchema,
  response: noticeSchema,
});

export const readProgress = defineCall({
  method: 'get',
  path: `${notice}/progress`,
  response: noticeProgressSchema,
});
export const listDeliveries = defineCall({
  method: 'get',
  path: `${notice}/deliveries`,
  query: deliveriesQuerySchema,
  response: deliveryPageSchema,
});

export const uploadList = defineCall({
  method: 'post',
  path: `${account}/notice-lists`,
  body: recipientListUploadSchema,
  response: recipientListSchema,
});
export const readList = defineCall({
  method: 'get',
  path: `${account}/notice-lists/:listId`,
  response: recipientListSchema,
});
export const confirmList = defineCall({
  method: 'post',
  path: `${account}/notice-lists/:listId/confirm`,
  response: recipientListSchema,
});
export const uploadPicture = defineCall({
  method: 'post',
  path: `${account}/notice-pictures`,
  body: pictureUploadSchema,
  response: pictureSchema,
});

export const listPresets = defineCall({
  method: 'get',
  path: `${account}/notice-presets`,
  response: presetListSchema,
});
export const createPreset = defineCall({
  method: 'post',
  path: `${account}/notice-presets`,
  body: presetChangeSchema,
  response: presetSchema,
});
export const changePreset = defineCall({
  method: 'put',
  path: `${account}/notice-presets/:id`,
  body: presetChangeSchema,
  response: presetSchema,
});
export const removePreset = defineCall({ method: 'delete', path: `${account}/notice-presets/:id` });

export const listTemplates = defineCall({
  method: 'get',
  path: `${account}/notice-templates`,
  response: templateListSchema,
});
export const readQuotas = defineCall({
  method: 'get',
  path: `${account}/notice-quotas`,
  response: quotaBoardSchema,
});
export const putQuietHours = defineCall({
  method: 'put',
  path: `${account}/notice-quiet-hours`,
  body: quietHoursSchema,
});

export function pictureAddress(accountId: string, id: string): string {
  return addressOf(`${account}/notice-pictures/:id`, { accountId, id });
}

/** The record of every recipient as a file. */
export function exportAddress(accountId: string, id: string, format: 'xlsx' | 'csv'): string {
  return addressOf(`${notice}/export.${format}`, { accountId, id });
}
