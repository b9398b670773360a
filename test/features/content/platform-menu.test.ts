import { describe, expect, it } from '@jest/globals';
import { toPlatformMenu } from '../../../src/features/content/platform-menu.js';
import type { PlatformMenu } from '../../../src/wechat/client/platform-menu.js';
import { buildContent } from '../../support/content-builder.js';

describe('the button menu', () => {
  it('is said in the platform’s words', () => {
    const { buttons } = buildContent({
      buttons: [
        {
          name: '办事',
          buttons: [
            { name: '身份证', opens: { node: 'id-card' } },
            { name: '人工', opens: { reply: 'handoff' } },
            { name: '扫码', action: 'scancode_waitmsg', opens: { node: 'id-card' } },
            { name: '拍照', action: 'pic_sysphoto' },
          ],
        },
        { name: '网页', url: 'https://example.gov.cn' },
        {
          name: '小程序',
          miniProgram: { appId: 'wx1', pagePath: 'pages/index', fallbackUrl: 'https://example.gov.cn/m' },
        },
      ],
    });
    const menu: PlatformMenu = toPlatformMenu(buttons);

    expect(menu).toEqual({
      button: [
        {
          name: '办事',
          sub_button: [
            { name: '身份证', type: 'click', key: 'node:id-card' },
            { name: '人工', type: 'click', key: 'reply:handoff' },
            { name: '扫码', type: 'scancode_waitmsg', key: 'node:id-card' },
            { name: '拍照', type: 'pic_sysphoto', key: 'pic_sysphoto' },
          ],
        },
        { name: '网页', type: 'view', url: 'https://example.gov.cn' },
        {
          name: '小程序',
          type: 'miniprogram',
          appid: 'wx1',
          pagepath: 'pages/index',
          url: 'https://example.gov.cn/m',
        },
      ],
    });
  });
});
