import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { citizenChatSchema } from '../../src/api-types/sandbox.js';
import { codeOf, inbound, stage, type Stage } from './phone-stage.js';

describe('consent to notifications', () => {
  const once = 'sandbox-progress-notice';
  const consents = async ({ send, citizen }: Stage) => {
    const path = `/api/accounts/pingan-meizhou/citizens/${citizen.openid}/chat`;
    return citizenChatSchema.parse(await (await send('GET', path)).json()).citizen.consents;
  };

  it('is given in a popup and withdrawn in the profile', async () => {
    const phone = await stage();
    await phone.act({ action: 'subscribe', answers: [{ templateId: once, accept: true }] });
    expect(await consents(phone)).toEqual({ [once]: 1 });
    await phone.act({ action: 'withdraw', templateId: once });
    expect(await consents(phone)).toEqual({ [once]: 0 });
    expect(inbound(phone)).toMatchObject([
      {
        event: 'subscribe_msg_popup_event',
        List: [{ TemplateId: once, SubscribeStatusString: 'accept', PopupScene: 1 }],
      },
      {
        event: 'subscribe_msg_change_event',
        List: [{ TemplateId: once, SubscribeStatusString: 'reject' }],
      },
    ]);
    const unknown = await phone.act({ action: 'withdraw', templateId: 'none' });
    expect(await codeOf(unknown)).toEqual([404, 'unknown_template']);
  });

  it('is not what refusing all messages is about: nobody is told of that', async () => {
    const phone = await stage();
    await phone.act({ action: 'refuse_messages', refuse: true });
    expect(phone.citizen.refusesMessages).toBe(true);
    expect(phone.webhook.hits).toEqual([]);
  });
});

describe('temporary media', () => {
  it('are uploaded as a form and shown by the page', async () => {
    const { sandbox, clock, origin } = await stage();
    const { access_token } = sandbox.api.tokens.issueStable('pingan-meizhou', clock.now(), false, '');
    const form = new FormData();
    const bytes = Buffer.from('89504e470d0a1a0a0d0a', 'hex');
    form.set('media', new Blob([bytes], { type: 'image/png' }), '预警.png');
    const query = `access_token=${access_token}&type=image`;
    const url = `${origin}/sandbox/platform/cgi-bin/media/upload?${query}`;
    const uploaded: unknown = await (await fetch(url, { method: 'POST', body: form })).json();
    const { media_id: id } = z.object({ media_id: z.string() }).parse(uploaded);
    const shown = await fetch(`${origin}/sandbox/api/media/${id}`);
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(bytes);
    expect((await fetch(`${origin}/sandbox/api/media/none`)).status).toBe(404);
  });
});
