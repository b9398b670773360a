import { accountPathSchema } from '../../api-types/account-path.js';
import {
  picturePathSchema,
  pictureSchema,
  pictureUploadSchema,
  presetChangeSchema,
  presetListSchema,
  presetPathSchema,
  presetSchema,
  quietHoursSchema,
} from '../../api-types/notices.js';
import { defineRoute, type Download, type Route } from '../../http/api/route.js';
import { pictureBytes, type NoticePictures } from './settings/notice-pictures.js';
import type { NoticePreset } from './settings/notice-settings-store.js';
import type { NoticeSettings } from './settings/notice-settings.js';

const toSee = { permission: 'notices.view', account: 'path' } as const;
const toArrange = { permission: 'notices.arrange', account: 'path' } as const;
const presets = '/accounts/:accountId/notice-presets';
const pictures = '/accounts/:accountId/notice-pictures';

/** What notices are made of, and when they keep silent. */
export function noticeSettingsRoutes(settings: NoticeSettings, stored: NoticePictures): Route[] {
  return [...presetRoutes(settings), ...pictureRoutes(stored)];
}

function presetRoutes(settings: NoticeSettings): Route[] {
  return [
    defineRoute({
      ...toSee,
      method: 'get',
      path: presets,
      summary: 'Texts for emergencies that are written and agreed beforehand',
      params: accountPathSchema,
      response: presetListSchema,
      handler: async ({ params: { accountId } }) => ({
        presets: (await settings.listPresets(accountId)).map(presentPreset),
      }),
    }),
    defineRoute({
      ...toArrange,
      method: 'post',
      path: presets,
      summary: 'Adds a text for emergencies',
      status: 201,
      params: accountPathSchema,
      body: presetChangeSchema,
      response: presetSchema,
      handler: async ({ params: { accountId }, body, actor }) =>
        presentPreset(await settings.addPreset(accountId, body, actor)),
    }),
    defineRoute({
      ...toArrange,
      method: 'put',
      path: `${presets}/:id`,
      summary: 'Changes a text for emergencies',
      params: presetPathSchema,
      body: presetChangeSchema,
      response: presetSchema,
      handler: async ({ params, body, actor }) =>
        presentPreset(await settings.changePreset({ ...params, actor }, body)),
    }),
    defineRoute({
      ...toArrange,
      method: 'delete',
      path: `${presets}/:id`,
      summary: 'Deletes a text for emergencies',
      params: presetPathSchema,
      handler: ({ params, actor }) => settings.removePreset({ ...params, actor }),
    }),
    defineRoute({
      ...toArrange,
      method: 'put',
      path: '/accounts/:accountId/notice-quiet-hours',
      summary: 'Sets when routine notices keep silent',
      params: accountPathSchema,
      body: quietHoursSchema,
      handler: ({ params: { accountId }, body: { quietHours }, actor }) =>
        settings.setQuietHours(accountId, quietHours, actor),
    }),
  ];
}

function pictureRoutes(stored: NoticePictures): Route[] {
  return [
    defineRoute({
      permission: 'notices.compose',
      account: 'path',
      method: 'post',
      path: pictures,
      summary: 'Keeps a picture for notices: PNG or JPEG, at most 2 MB',
      status: 201,
      params: accountPathSchema,
      body: pictureUploadSchema,
      bodyLimitBytes: Math.ceil(pictureBytes / 3) * 4 + 4_096,
      response: pictureSchema,
      async handler({ params: { accountId }, body: { base64 }, actor }) {
        const picture = await stored.upload(accountId, Buffer.from(base64, 'base64'), actor);
        return { pictureId: picture.id, mediaType: picture.mediaType, bytes: picture.bytes.length };
      },
    }),
    defineRoute({
      ...toSee,
      method: 'get',
      path: `${pictures}/:id`,
      summary: 'A picture',
      params: picturePathSchema,
      download: ['image/png', 'image/jpeg'],
      async handler({ params: { accountId, id } }): Promise<Download> {
        const { mediaType, bytes } = await stored.show(accountId, id);
        const filename = mediaType === 'image/png' ? 'picture.png' : 'picture.jpg';
        return { mediaType, filename, chunks: once(bytes) };
      },
    }),
  ];
}

function presentPreset({ accountId: _accountId, updatedAt, ...preset }: NoticePreset) {
  return { ...preset, updatedAt: updatedAt.toISOString() };
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
