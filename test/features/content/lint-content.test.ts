import { describe, expect, it } from '@jest/globals';
import { lintContent, lintContentInSlices } from '../../../src/features/content/lint-content.js';
import type { LintRule } from '../../../src/features/content/lint/finding-sentences.js';
import type { Finding } from '../../../src/features/content/lint/finding.js';
import { buildContent, textReply, type ContentOverrides } from '../../support/content-builder.js';

const now = Date.parse('2026-11-22T04:00:00Z');

function lint(overrides: ContentOverrides = {}): Finding[] {
  return lintContent(buildContent(overrides), { now });
}

/** The findings of one rule, as `severity id.field`. */
function found(rule: LintRule, overrides: ContentOverrides = {}): string[] {
  return lint(overrides)
    .filter((finding) => finding.rule === rule)
    .map(({ severity, where }) => `${severity} ${where.id}${where.field ? `.${where.field}` : ''}`);
}

const leaf = (number: number, id: string, reply?: string) => ({
  id,
  number,
  title: id,
  ...(reply === undefined ? {} : { reply }),
});

const guide = { type: 'guide', title: '指南', summary: '这样办。' } as const;
const help = { id: 'help', title: '怎么用', type: 'text', text: '回复数字。' } as const;
const law = { title: '《居民身份证法》', standing: 'law' } as const;

describe('the structure of the menus', () => {
  it('has no errors in a sound content', () => {
    expect(lint().filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('must not point at a reply or node that is not there', () => {
    const overrides: ContentOverrides = {
      tree: [leaf(1, 'one', 'nowhere')],
      rules: [{ id: 'lost', whole: ['迷路'], to: { node: 'gone' } }],
      buttons: [{ name: '菜单', buttons: [{ name: '没有', opens: { reply: 'gone' } }] }],
      scenes: [{ scene: 'door', title: '门口', opens: { node: 'gone' } }],
      emergency: { reply: 'gone', words: ['救命'] },
    };

    expect(found('broken_reference', overrides)).toEqual([
      'error one.reply',
      'error lost.to',
      'error door.opens',
      'error 没有.opens',
      'error emergency.reply',
    ]);
  });

  it('must not leave a setting without its reply', () => {
    expect(found('settings_reply_missing', { settings: { help: 'gone' } })).toEqual(['error settings.help']);
  });

  it('must not use an id twice, and the second is the one that is named', () => {
    const overrides: ContentOverrides = {
      tree: [leaf(1, 'twin', 'help'), { ...leaf(2, 'parent'), children: [leaf(1, 'twin', 'help')] }],
      replies: [textReply('echo'), textReply('echo')],
      rules: [
        { id: 'rule', whole: ['甲'], to: { reply: 'help' } },
        { id: 'rule', whole: ['乙'], to: { reply: 'help' } },
      ],
      scenes: [
        { scene: 'door', title: '一', opens: { reply: 'help' } },
        { scene: 'door', title: '二', opens: { reply: 'help' } },
      ],
      buttons: [],
    };
    const paths = lint(overrides)
      .filter(({ rule }) => rule === 'duplicate_id')
      .map(({ where }) => where.path.join('.'));

    expect(paths).toEqual(['tree.1.children.0', expect.stringMatching(/^replies\./), 'rules.1', 'scenes.1']);
  });

  it('must not give one number to two siblings', () => {
    const tree = [leaf(1, 'one', 'help'), leaf(1, 'other', 'help')];

    expect(found('duplicate_number', { tree })).toEqual(['error other.number']);
  });

  it('must not end without an answer', () => {
    expect(found('dead_end', { tree: [leaf(1, 'end')] })).toEqual(['error end']);
  });

  it('should not list more than nine choices', () => {
    const ten = Array.from({ length: 10 }, (_, index) => leaf(index + 1, `n-${index}`, 'help'));

    expect(found('too_many_children', { tree: ten })).toEqual(['warning tree']);
    expect(found('too_many_children', { tree: [{ ...leaf(1, 'top'), children: ten }] })).toEqual([
      'warning top.children',
    ]);
  });

  it('should lead to every reply', () => {
    expect(found('unreachable_reply', { replies: [textReply('forgotten')] })).toEqual(['warning forgotten']);
  });
});

describe('keyword rules', () => {
  const to = { reply: 'help' };
  const elsewhere = { reply: 'handoff' };

  it('must have words', () => {
    expect(found('empty_rule', { rules: [{ id: 'mute', to }] })).toEqual(['error mute']);
  });

  it('must have words that can be seen', () => {
    expect(found('empty_keyword', { rules: [{ id: 'mute', whole: ['\u200b'], to }] })).toEqual([
      'error mute.whole.0',
    ]);
  });

  it('must not claim one sentence for two answers with equal right', () => {
    const rules = [
      { id: 'one', whole: ['ABC'], to },
      { id: 'other', whole: ['ａｂｃ'], to: elsewhere },
    ];

    expect(found('duplicate_keyword', { rules })).toEqual(['error other.whole.0']);
  });

  it('should not repeat a word that the priority or the target decides', () => {
    const rules = [
      { id: 'one', whole: ['甲'], contains: ['乙'], to },
      { id: 'stronger', whole: ['甲'], priority: 60, to: elsewhere },
      { id: 'same', contains: ['乙'], to },
    ];

    expect(found('duplicate_keyword', { rules })).toEqual([
      'warning stronger.whole.0',
      'warning same.contains.0',
    ]);
  });

  it('may use a word both as a whole sentence and within one', () => {
    expect(
      found('duplicate_keyword', { rules: [{ id: 'one', whole: ['护照'], contains: ['护照'], to }] }),
    ).toEqual([]);
  });

  it('should not contain a word that a stronger, shorter one always beats', () => {
    const rules = [
      { id: 'long', contains: ['身份证过期'], priority: 40, to },
      { id: 'short', contains: ['身份证'], priority: 50, to: elsewhere },
    ];

    expect(found('keyword_covered', { rules })).toEqual(['warning long.contains.0']);
  });

  it('may contain a longer word of equal priority, or one that leads to the same answer', () => {
    const rules = [
      { id: 'short', contains: ['身份证'], priority: 50, to },
      { id: 'longer', contains: ['身份证过期'], priority: 50, to: elsewhere },
      { id: 'same', contains: ['办身份证'], priority: 10, to },
    ];

    expect(found('keyword_covered', { rules })).toEqual([]);
  });

  it('should not claim a number of the menus, however it is written', () => {
    const rules = [{ id: 'digits', whole: ['3', '第二个', '0', '110', '99'], to }];

    expect(found('keyword_is_menu_number', { rules })).toEqual([
      'warning digits.whole.0',
      'warning digits.whole.1',
      'warning digits.whole.2',
    ]);
  });

  it('should not claim a command', () => {
    expect(
      found('keyword_is_command', { rules: [{ id: 'own', whole: ['人工'], contains: ['取消'], to }] }),
    ).toEqual(['warning own.whole.0']);
  });

  it('should not contain an emergency word, unless an innocent phrase covers it', () => {
    const rules = [{ id: 'alarm', whole: ['报警电话', '报警电话是多少'], to }];

    expect(found('keyword_is_emergency', { rules })).toEqual(['warning alarm.whole.0']);
  });
});

describe('emergency words', () => {
  it('must not be called innocent', () => {
    const emergency = { reply: 'emergency', words: ['救命', '报警'], innocent: ['报警'] };

    expect(found('emergency_word_innocent', { emergency })).toEqual(['error emergency.words.1']);
  });

  it('must be visible', () => {
    const emergency = { reply: 'emergency', words: ['\u200b'] };

    expect(found('empty_keyword', { emergency })).toEqual(['error emergency.words.0']);
  });

  it('of a kind are held to the same, and its reply must be there', () => {
    const fire = { id: 'fire', title: '火灾', reply: 'gone', events: ['着火|。', '冒烟|失火'] };
    const emergency = { reply: 'emergency', words: ['救命'], kinds: [fire], innocent: ['失火'] };

    expect(found('broken_reference', { emergency })).toEqual(['error emergency.kinds.0.reply']);
    expect(found('emergency_word_innocent', { emergency })).toEqual(['error emergency.kinds.0.events.1']);
    expect(found('empty_keyword', { emergency })).toEqual(['error emergency.kinds.0.events.0']);
  });
});

describe('sensitive words', () => {
  it('must not be in anything that goes out, however they are disguised', () => {
    const overrides: ContentOverrides = {
      sensitive: { outgoing: ['黄牛', '代办'] },
      settings: { mainMenuTitle: '黃牛' },
      tree: [{ ...leaf(1, 'one', 'help'), title: '代 办' }],
      buttons: [{ name: 'huang niu', opens: { reply: 'help' } }],
      replies: [textReply('help', '找黄牛，不要代办')],
    };

    expect(found('sensitive_word', overrides)).toEqual([
      'error settings.mainMenuTitle',
      'error one.title',
      'error huang niu.name',
      'error help.text',
      'error help.text',
    ]);
  });

  it('may be named among those that come in, and must be visible', () => {
    const sensitive = { incoming: ['黄牛', '！'] };

    expect(found('sensitive_word', { sensitive, replies: [textReply('help', '黄牛')] })).toEqual([]);
    expect(found('empty_keyword', { sensitive })).toEqual(['error sensitive.incoming.1']);
  });
});

describe('texts', () => {
  const withText = (text: string): ContentOverrides => ({ replies: [textReply('help', text)] });

  it('may hold links, line breaks and signs', () => {
    const text =
      '看 <a href="https://example.gov.cn/?a=1&b=2">这里</a>，\n或 <a href=\'http://example.gov.cn\'>那里</a>；3 < 5。';

    expect(lint(withText(text)).filter(({ where }) => where.id === 'help')).toEqual([]);
  });

  it.each([
    ['a tag', '<b>粗</b>'],
    ['an attribute beside href', '<a href="https://example.gov.cn" onclick="x">看</a>'],
    ['a link that does not end', '<a href="https://example.gov.cn">看'],
    ['a link that does not begin', '看</a>'],
    ['a comment', '<!-- 记 -->看'],
    ['a tag that does not end', '看<img src=x'],
  ])('must not hold %s', (_what, text) => {
    expect(found('disallowed_markup', withText(text))).toContain('error help.text');
  });

  it.each(['javascript:alert(1)', 'tel:110', '/relative', ''])('must not link to “%s”', (href) => {
    expect(found('link_not_http', withText(`<a href="${href}">看</a>`))).toEqual(['error help.text']);
  });

  it.each(['\u0007', '\r', '\ud800', '\uffff'])(
    'must not hold a character that XML has not: %j',
    (character) => {
      expect(found('unsendable_character', withText(`看${character}这里`))).toEqual(['error help.text']);
    },
  );

  it('should fit one message', () => {
    expect(found('over_long_text', withText('长'.repeat(682)))).toEqual([]);
    expect(found('over_long_text', withText('长'.repeat(683)))).toEqual(['warning help']);
  });

  it('should fit one message together with the list that follows', () => {
    expect(found('over_long_text', { replies: [textReply('household', '长'.repeat(680))] })).toEqual([
      'warning household',
    ]);
  });

  it('are looked at in every field that citizens read', () => {
    const reply = { id: 'help', ...guide, steps: ['先办', '<i>再办</i>'], place: { bureau: '<u>待定</u>' } };

    expect(found('disallowed_markup', { replies: [reply] })).toEqual([
      'error help.steps.1',
      'error help.steps.1',
      'error help.place',
      'error help.place',
    ]);
  });
});

describe('buttons', () => {
  it('must fit the platform’s limits for names', () => {
    const buttons = [
      { name: '五个汉字长', url: 'https://example.gov.cn' },
      { name: '六个汉字太长', url: 'https://example.gov.cn' },
      {
        name: '更多',
        buttons: [{ name: '二十一个汉字的名称是第二级按钮也放不下的了', url: 'https://example.gov.cn' }],
      },
    ];

    expect(found('button_label_too_long', { buttons })).toEqual([
      'error 六个汉字太长.name',
      'error 二十一个汉字的名称是第二级按钮也放不下的了.name',
    ]);
  });
});

describe('provenance', () => {
  it('of a guide needs a source and a review date', () => {
    const replies = [{ id: 'help', ...guide }];

    expect(found('guide_without_source', { replies })).toContain('warning help');
    expect(found('guide_without_review_date', { replies })).toEqual(['warning help']);
  });

  it('of leads alone is work that remains', () => {
    const lead = { title: '转载', standing: 'lead' } as const;
    const replies = [
      { id: 'help', ...guide, sources: [lead], reviewed: '2026-11-22' },
      { id: 'media', ...guide, sources: [lead, law], reviewed: '2026-11-22' },
    ];

    expect(found('lead_sources_only', { replies })).toEqual(['notice help']);
  });

  it('lists what only the bureau can supply', () => {
    const replies = [{ id: 'help', ...guide, phone: { bureau: '电话正在核实' }, fee: '免费' }];
    const finding = lint({ replies }).find(({ where }) => where.id === 'help' && where.field === 'phone');

    expect(finding).toMatchObject({ rule: 'bureau_must_supply', severity: 'notice' });
    expect(finding?.message).toContain('电话正在核实');
  });

  it.each(['2026-11-22', '2026-01-01'])('notices that a reply expired on %s', (expires) => {
    expect(found('reply_expired', { replies: [{ ...help, expires }] })).toEqual(['warning help.expires']);
  });

  it('announces an expiry within thirty days, and none later', () => {
    const expiring = (expires: string) => found('reply_expires_soon', { replies: [{ ...help, expires }] });

    expect(expiring('2026-11-23')).toEqual(['notice help.expires']);
    expect(expiring('2026-12-22')).toEqual(['notice help.expires']);
    expect(expiring('2026-12-23')).toEqual([]);
  });

  it('counts days in Asia/Shanghai', () => {
    const content = buildContent({ replies: [{ ...help, expires: '2026-11-23' }] });
    const midnight = Date.parse('2026-11-23T00:00:00+08:00');
    const rules = (at: number) => lintContent(content, { now: at }).map(({ rule }) => rule);

    expect(rules(midnight - 1)).toContain('reply_expires_soon');
    expect(rules(midnight)).toContain('reply_expired');
  });

  it.each(['收费 20元', '手机 13800138000', '电话 0753-2169110', '热线 400-123-4567'])(
    'wants a review date beside “%s”',
    (text) => {
      expect(found('unreviewed_fact', { replies: [textReply('help', text)] })).toEqual(['warning help.text']);
      const reviewed = { ...help, text, reviewed: '2026-11-22' };
      expect(found('unreviewed_fact', { replies: [reviewed] })).toEqual([]);
    },
  );

  it('wants none beside the nation’s short numbers', () => {
    expect(found('unreviewed_fact', { replies: [textReply('help', '拨打 110、12110 或 12345。')] })).toEqual(
      [],
    );
  });
});

describe('the linter', () => {
  it('finds the same in slices as at once', async () => {
    const content = buildContent({ tree: [leaf(1, 'end')], settings: { help: 'gone' } });

    expect(await lintContentInSlices(content, { now })).toEqual(lintContent(content, { now }));
  });

  it('takes other limits', () => {
    const findings = lintContent(buildContent(), {
      now,
      limits: { textBytes: 1, topButtonBytes: 1, subButtonBytes: 1, children: 1, expiryNoticeDays: 1 },
    });

    expect(new Set(findings.map(({ rule }) => rule))).toEqual(
      new Set([
        'too_many_children',
        'over_long_text',
        'button_label_too_long',
        'guide_without_source',
        'bureau_must_supply',
      ]),
    );
  });
});

describe('what helps to understand citizens', () => {
  const to = { reply: 'help' };

  it('must not hold a pattern that cannot be used', () => {
    const rules = [{ id: 'odd', patterns: ['身份证.{0,6}丢', '身份证(?=丢)', '((((丢{9}){9}){9}){9})'], to }];
    expect(found('unusable_pattern', { rules })).toEqual(['error odd.patterns.1', 'error odd.patterns.2']);
  });

  it('should not ask one question for two targets', () => {
    const rules = [
      { id: 'one', questions: ['身份证丢了怎么补'], to },
      { id: 'same', questions: ['身份证丢了怎么补？'], to },
      { id: 'other', questions: ['請問身份證丟了怎麼補呢'], to: { reply: 'welcome' } },
    ];
    expect(found('shared_question', { rules })).toEqual(['warning other.questions.0']);
  });

  it('should not put a word into two groups of synonyms', () => {
    const synonyms = [
      ['身份证', '身分证', '身分證'],
      ['证件', '身份证'],
    ];
    expect(found('repeated_synonym', { synonyms })).toEqual(['warning synonyms.1.1']);
  });
});
