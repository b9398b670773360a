import { beforeEach, describe, expect, it } from '@jest/globals';
import { audienceForms } from '../../../src/features/audience/district-form.js';
import { districtRequests } from '../../../src/features/audience/district-requests.js';
import { CitizenChat, monday } from '../../support/booking-chat.js';

let districts: string[];
let kept: Map<string, string>;
let chat: CitizenChat;
beforeEach(() => {
  districts = ['梅江区', '梅县区', '兴宁市'];
  kept = new Map();
  const requests = districtRequests({
    settings: { districts: async () => districts },
    followers: {
      findMany: async (_, openids) =>
        openids.map((openid) => ({ openid, ...(kept.has(openid) && { district: kept.get(openid)! }) })),
    },
    upkeep: {
      async keepDistrict(_, openid, district) {
        if (district === null) kept.delete(openid);
        else kept.set(openid, district);
      },
    },
    clock: { now: () => monday },
  });
  chat = new CitizenChat(requests, () => monday, 'test', audienceForms);
});

describe('我的区县 in the chat', () => {
  it('says what it is for before it asks, and keeps what is confirmed', async () => {
    const question = await chat.say('我的区县');
    expect(question).toContain('只记区县，不记住址');
    expect(question).toContain('【1】梅江区');
    expect(question).not.toContain('【4】');
    expect(await chat.say('2')).toContain('梅县区');
    expect(kept.size).toBe(0);
    expect(await chat.say('确认')).toContain('记下了：梅县区');
    expect(kept.get('citizen')).toBe('梅县区');
  });

  it('understands the name without 区, 县 or 市', async () => {
    await chat.say('设置区县', '兴宁', '确认');
    expect(kept.get('citizen')).toBe('兴宁市');
  });

  it('shows what is kept, and forgets it when asked to', async () => {
    kept.set('citizen', '梅江区');
    const question = await chat.say('我的区县');
    expect(question).toContain('梅江区（现在的选择）');
    expect(question).toContain('【4】不再记录');
    expect(await chat.say('4', '确认')).toContain('已经删掉');
    expect(kept.size).toBe(0);
  });

  it('keeps nothing of who leaves', async () => {
    await chat.say('我的区县', '1', '取消');
    expect(kept.size).toBe(0);
  });

  it('asks again where the district is no more', async () => {
    await chat.say('我的区县', '1');
    districts = ['梅县区', '兴宁市'];
    await chat.say('确认');
    expect(kept.size).toBe(0);
  });

  it('closes with a sentence where there is nothing to choose', async () => {
    districts = [];
    expect(await chat.say('我的区县')).toContain('现在没有可以选的区县');
  });
});
