import { beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { finishSlices } from '../../../src/core/finish-slices.js';
import { decideEmergency } from '../../../src/dialog/emergency/decide-emergency.js';
import { compileEmergency, type EmergencyWords } from '../../../src/dialog/emergency/emergency-words.js';
import { hearDangers } from '../../../src/dialog/emergency/hear-dangers.js';
import { loadContentFiles } from '../../../src/features/content/files/load-content-files.js';
import { normaliseText } from '../../../src/text/normalise.js';
import { simplify } from '../../../src/text/simplify.js';

let sample: EmergencyWords;
beforeAll(async () => {
  const loaded = await loadContentFiles('.', 'pingan-meizhou');
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
  sample = finishSlices(compileEmergency(loaded.content.emergency));
});

function judge(text: string): string {
  return decideEmergency(sample, simplify(normaliseText(text)), text)?.verdict ?? 'calm';
}

describe('an alarm is', () => {
  it.each([
    '救命',
    '救 命 ！！',
    '救。命',
    '救🆘命',
    '救救救命命命',
    '有人有人拿拿刀刀砍砍我我',
    '快報警有人搶劫',
    'jiu ming a',
    'jiuming',
    'zhaohuo le',
    'you ren da wo',
    '就命啊',
    '着伙了快来',
    '俾人打緊啊快啲嚟',
    '有人喺度劈友',
    '他在砸门我躲厕所里',
    '我老公又打我了',
    '撞到人了，满地是血',
    '有人溺水 在梅江边 快',
    '杀人啦',
    '打我',
    '去年的事先不说，现在有人正在砍我',
    '怎么报警 有人打我',
    '有人落水了怎么救',
    '门口有人打架怎么报警',
    '门外那个人还没走',
  ])('%s', (text) => {
    expect(judge(text)).toBe('alarm');
  });
});

describe('a doubt is', () => {
  it.each(['看到有人落水怎么救', '孩子发烧抽搐怎么办', '我要是报警他说要杀我全家', '如何报警 救命', '报警'])(
    '%s',
    (text) => {
      expect(judge(text)).not.toBe('calm');
    },
  );
});

describe('calm is', () => {
  it.each([
    '如何报警',
    '報警電話是多少',
    '110是什么',
    '着火打119还是110',
    '被打了轻微伤对方要拘留几天',
    '去年被抢劫的案子有进展吗',
    '如果有人拿刀砍人该怎么做',
    '电影里那个杀人犯最后抓到没',
    '下周消防演习要准备什么',
    '笑死我了，救命也太好笑了',
    '抢票软件靠谱吗',
    '我家狗走丢了',
    '孩子的身份证不见了',
    '大家好 dajia hao',
    '入市有风险',
    '110',
    '身份证丢了人在外地怎么补办',
  ])('%s', (text) => {
    expect(judge(text)).toBe('calm');
  });
});

describe('what sounds like danger is excused', () => {
  it('where innocent phrases explain all of it', () => {
    expect(hearDangers(sample, '救命这也太好吃了吧', '').isExcused).toBe(true);
    expect(hearDangers(sample, '救命这也太好吃了吧有人拿刀砍我', '').isExcused).toBe(false);
    expect(hearDangers(sample, '身份证丢了怎么补', '').isExcused).toBe(false);
  });
});

describe('the judgement', () => {
  it('names the kind that stands first where several are meant', () => {
    expect(decideEmergency(sample, '救命家里着火了', '')?.kind.id).toBe('fire');
  });

  it('is the same however the characters are parted, widened or written in the traditional way', () => {
    const between = fc.constantFrom('', ' ', '。', '~', '🔥', '\u200b');
    fc.assert(
      fc.property(fc.array(between, { minLength: 6, maxLength: 6 }), (gaps) => {
        const text = Array.from('有人拿刀砍我', (character, index) => character + gaps[index]).join('');
        expect(judge(text)).toBe('alarm');
      }),
    );
  });

  it('is had for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(['alarm', 'doubtful', 'calm']).toContain(judge(text));
      }),
    );
  });
});
