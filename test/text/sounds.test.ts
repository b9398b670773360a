import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { indexSounds } from '../../src/text/sound-index.js';
import { codesOf, haveSameTone, soundsOf, spokenCodesOf } from '../../src/text/sounds.js';
import { squeeze } from '../../src/text/squeeze.js';

describe('squeezing', () => {
  it('leaves letters and digits, and remembers where something was', () => {
    expect(squeeze('救 命!! 在3栋')).toEqual({ text: '救命在3栋', breaks: [1, 2] });
    expect(squeeze('救命')).toEqual({ text: '救命', breaks: [] });
    expect(squeeze('？！')).toEqual({ text: '', breaks: [] });
  });
});

describe('sounds', () => {
  const codes = (text: string) => soundsOf(squeeze(text)).codes;

  it.each(['就明', 'jiuming', 'jiu ming', '救ming'])('of %s are those of 救命', (text) => {
    expect(codes(text)).toBe(codesOf('救命'));
  });

  it('of a word are those of its reading', () => {
    expect(codes('zhaohuo')).toBe(spokenCodesOf('着火'));
  });

  it('lead back to the text', () => {
    expect(soundsOf(squeeze('我jiuming'))).toMatchObject({ starts: [0, 1, 4, 8] });
  });

  it('of letters that are no pinyin are the letters', () => {
    expect(codes('help')).toBe('help');
  });

  it('tell tones apart where asked', () => {
    expect(haveSameTone('救', '就')).toBe(true);
    expect(haveSameTone('命', '明')).toBe(false);
  });

  it('are had for any text, one start for each code', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { codes, starts } = soundsOf(squeeze(text));
        expect(starts?.length ?? codes.length + 1).toBe(codes.length + 1);
      }),
    );
  });
});

describe('the index of sounds', () => {
  const index = indexSounds(['救命', '救', '救命啊'].map((word) => ({ codes: codesOf(word), value: word })));

  it('finds every word where it begins, overlapping ones too', () => {
    const found = index.findAll(codesOf('快救命啊'));
    expect(found.map(({ value, start, end }) => [value, start, end])).toEqual([
      ['救', 1, 2],
      ['救命', 1, 3],
      ['救命啊', 1, 4],
    ]);
  });

  it('finds nothing in nothing', () => {
    expect(index.findAll('')).toEqual([]);
  });
});
