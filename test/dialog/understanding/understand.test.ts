import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Turn } from '../../../src/dialog/turn.js';
import { buildContent, textReply } from '../../support/content-builder.js';
import { buildRelease, Conversation, textOf } from '../../support/conversation.js';

const subjects = [
  [
    'id-card-lost',
    '身份证丢失补领',
    ['身份证丢了怎么补', '身份证不见了在哪里补办', '补办身份证要多少钱', '身份证被偷了怎么办'],
  ],
  [
    'id-card-renew',
    '身份证到期换领',
    ['身份证到期了怎么换', '身份证快过期了能提前换吗', '换领身份证要多少钱'],
  ],
  ['passport-lost', '护照丢失补发', ['护照丢了怎么补', '护照不见了去哪里补办', '补办护照要多少钱']],
  ['e-bike', '电动自行车上牌', ['电动车怎么上牌', '给电动车上牌要多少钱', '电动车上牌要带什么材料']],
  ['birth', '出生登记', ['孩子刚出生怎么上户口', '给宝宝上户口要什么材料', '新生儿上户口要多久']],
  ['no-crime', '无犯罪记录证明', ['无犯罪证明怎么开', '去哪里开无犯罪证明', '开无犯罪证明要多久']],
] as const;

function contentWith(more = '') {
  return buildContent({
    tree: [
      {
        id: 'papers',
        number: 1,
        title: '证件',
        children: subjects.map(([id, title], index) => ({ id, number: index + 1, title, reply: id })),
      },
    ],
    buttons: [],
    scenes: [],
    replies: subjects.map(([id, title]) => ({
      ...textReply(id, `这是${title}的办法。${more}`),
      title,
    })),
    rules: [
      ...subjects.map(([id, , questions]) => ({ id, questions: [...questions], to: { node: id } })),
      { id: 'lost-pattern', patterns: ['passport.{0,10}(lost|missing)'], to: { node: 'passport-lost' } },
      { id: 'renew-keyword', contains: ['期满换领'], to: { node: 'id-card-renew' } },
    ],
    synonyms: [
      ['身份证', '身分证', '二代证'],
      ['电动自行车', '电动车', '电驴', '小电驴'],
      ['丢失', '丢了', '不见了', '唔见咗', '弄丢'],
      ['孩子', '宝宝', '娃', '新生儿'],
      ['无犯罪证明', '良民证'],
      ['怎么办', '咋办', '点办'],
      ['多少钱', '几多钱', '费用'],
    ],
  });
}

const listContent = buildContent({
  tree: [
    {
      id: 'rename',
      number: 1,
      title: '改名字',
      children: [
        { id: 'rename-child', number: 1, title: '孩子改名', reply: 'child' },
        { id: 'rename-adult', number: 2, title: '成年人改名', reply: 'adult' },
      ],
    },
  ],
  buttons: [],
  scenes: [],
  replies: [textReply('child'), textReply('adult')],
  rules: [
    { id: 'rename', questions: ['名字怎么改', '改名字怎么办理', '名字想改掉'], to: { node: 'rename' } },
    { id: 'child', questions: ['孩子的名字怎么改', '给女儿改一个好听的名字'], to: { node: 'rename-child' } },
    { id: 'adult', questions: ['成年人名字怎么改'], to: { node: 'rename-adult' } },
  ],
});

const content = contentWith();
const release = buildRelease(content);

function decide(text: string) {
  return new Conversation(release).say(text).decision;
}

function offeredBy({ state: { frame } }: Turn): (string | undefined)[] {
  return frame?.kind === 'menu' ? frame.shown.map((shown) => ('node' in shown ? shown.node : undefined)) : [];
}

describe('understanding a message', () => {
  it.each([
    ['我的身份证不见了要怎么补办', 'id-card-lost'],
    ['身份证快要过期了怎么换', 'id-card-renew'],
    ['电驴上牌要几多钱', 'e-bike'],
    ['请问给娃上户口要什么材料呢', 'birth'],
    ['良民证去哪里开', 'no-crime'],
    ['身分證丟了怎麼補', 'id-card-lost'],
    ['身份正丢了怎么补', 'id-card-lost'],
    ['shenfenzheng diu le zenme bu', 'id-card-lost'],
    ['点动车怎么上牌', 'e-bike'],
    ['护照不见了，去哪里补办啊😭', 'passport-lost'],
  ])('answers %s', (text, node) => {
    expect(decide(text)).toMatchObject({ step: 'search', node });
  });

  it('says how sure the search was', () => {
    const { score = 0 } = decide('我的身份证不见了要怎么补办');
    expect(score).toBeGreaterThan(0.5);
    expect(score).toBeLessThanOrEqual(1);
  });

  it('finds a pattern where no keyword stands', () => {
    expect(decide('My passport was LOST')).toEqual({
      step: 'pattern',
      rule: 'lost-pattern',
      word: 'passport.{0,10}(lost|missing)',
      node: 'passport-lost',
    });
  });

  it.each(['公积金怎么提取', '今天天气怎么样', '快递三天没到怎么办', '毕业证丢了怎么补办', '？？？', 'asdf'])(
    'does not answer %s',
    (text) => {
      expect(['fallback', 'suggest']).toContain(decide(text).step);
    },
  );

  it('does not know what nobody has words for', () => {
    expect(decide('今天天气').step).toBe('fallback');
  });

  it('offers what is doubtful as a numbered list, by titles that say of what', () => {
    const talk = new Conversation(release);
    const turn = talk.say('丢了要补办');
    expect(turn.decision.step).toBe('suggest');
    expect(textOf(turn)).toMatch(/^您想问的是哪一项？\n【1】(身份证丢失补领|护照丢失补发)\n【2】/);
    expect(talk.say('1').decision).toMatchObject({ step: 'frame' });
  });

  it.each([
    ['身份证丢了怎么补？还有电动车怎么上牌', 'id-card-lost', 'e-bike'],
    ['电动车怎么上牌，无犯罪证明去哪里开', 'e-bike', 'no-crime'],
    ['身份证和护照一起丢了怎么补', 'id-card-lost', 'passport-lost'],
  ])('answers each question of %s', (text, first, second) => {
    const turn = new Conversation(release).say(text);
    expect(turn.decision).toEqual({
      step: 'several',
      score: expect.any(Number),
      node: first,
      reply: first,
      also: [{ node: second, reply: second }],
    });
    const titles = [first, second].map((id) => subjects.find(([subject]) => subject === id)?.[1] ?? '');
    expect(turn.replies).toEqual(
      titles.map((title) => ({ kind: 'text', text: `【${title}】\n这是${title}的办法。` })),
    );
    expect(turn.state.frame).toMatchObject({ kind: 'menu', path: ['papers', first] });
  });

  it('asks for no judgement of several answers, and keeps none for it', () => {
    const talk = new Conversation(release);
    talk.say('身份证快要过期了怎么换');
    expect(talk.say('身份证丢了怎么补？还有电动车怎么上牌').state.last).toBeUndefined();
  });

  it('gives no answers together that would be more messages than a channel delivers', () => {
    const long = contentWith('长'.repeat(1_200));
    const turn = new Conversation(buildRelease(long)).say('身份证丢了怎么补？还有电动车怎么上牌');
    expect(turn.decision.step).not.toBe('several');
  });

  it('answers what is surely asked, and offers below it what another clause may ask', () => {
    const talk = new Conversation(release);
    const turn = talk.say('身份证快过期了怎么换，上户口');
    expect(turn.decision).toMatchObject({ node: 'id-card-renew', offered: true });
    expect(textOf(turn)).toMatch(/身份证到期换领的办法[^]*您是不是还想问：\n【1】出生登记/);
    expect(talk.say('1').decision).toMatchObject({ step: 'frame', node: 'birth' });
  });

  it('offers below an answer what the message as a whole may ask too', () => {
    const turn = new Conversation(release).say('无犯罪证明怎么开，护照也丢了');
    expect([turn.decision.node, ...offeredBy(turn)]).toEqual(
      expect.arrayContaining(['no-crime', 'passport-lost']),
    );
  });

  it('offers what is on a list, where a message asks for what heads it or for one of them', () => {
    const turn = new Conversation(buildRelease(listContent)).say('女儿名字怎么改');
    expect(turn.decision.step).toBe('suggest');
    expect(offeredBy(turn).slice(0, 2)).toEqual(['rename', 'rename-child']);
  });

  it('takes clauses about one thing for one question', () => {
    expect(decide('我的身份证丢了，在哪里补办呢')).toMatchObject({ step: 'search', node: 'id-card-lost' });
  });

  it('asks where a longer message holds a keyword and surely asks something else', () => {
    const turn = new Conversation(release).say('期满换领就不用了，是无犯罪证明，去哪里开无犯罪证明');
    expect(turn.decision.step).toBe('suggest');
    expect(textOf(turn)).toContain('身份证到期换领');
    expect(textOf(turn)).toContain('无犯罪记录证明');
  });

  it('trusts a keyword in a short message', () => {
    expect(decide('期满换领呢')).toMatchObject({ step: 'contains', node: 'id-card-renew' });
  });

  it('says the same to everybody, however often it is asked', () => {
    const text = fc.constantFrom('身份证丢了', '丢了', '护照多少钱', '上牌', '电动车上牌然后护照丢了');
    fc.assert(
      fc.property(text, text, (one, other) => {
        const first = new Conversation(release).say(one);
        new Conversation(release).say(other);
        expect(new Conversation(release).say(one)).toEqual(first);
        expect(new Conversation(buildRelease(content)).say(one)).toEqual(first);
      }),
      { numRuns: 20 },
    );
  });
});
