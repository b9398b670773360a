import { describe, expect, it } from '@jest/globals';
import {
  dropLine,
  pasteLines,
  putLine,
  splitLines,
  tidyLines,
} from '../../../../src/web/console/draft/edit-lines.js';
import { moveItem } from '../../../../src/web/console/draft/move-item.js';

describe('a list of lines', () => {
  it('grows when something is written into the empty row at its end', () => {
    expect(putLine(['一'], 1, '二')).toEqual(['一', '二']);
    expect(putLine(['一'], 1, '')).toEqual(['一']);
    expect(putLine(['一', '二'], 0, '')).toEqual(['', '二']);
  });

  it('takes many lines at once, after the row they are pasted into, or in its stead when it is empty', () => {
    expect(pasteLines(['一', '四'], 0, '二\n三')).toEqual({ lines: ['一', '二', '三', '四'], next: 3 });
    expect(pasteLines(['一', ''], 1, '二\r\n三')).toEqual({ lines: ['一', '二', '三'], next: 3 });
    expect(pasteLines(['一'], 1, '二\n三')).toEqual({ lines: ['一', '二', '三'], next: 3 });
  });

  it('drops what lists from elsewhere begin with, and nothing of a number that says something', () => {
    expect(splitLines('1. 身份证\n2、户口簿\n- 照片\n\n  • 委托书\n110报警\n2.5元')).toEqual([
      '身份证',
      '户口簿',
      '照片',
      '委托书',
      '110报警',
      '2.5元',
    ]);
  });

  it('loses a row, and its blank ones when it is saved', () => {
    expect(dropLine(['一', '二'], 0)).toEqual(['二']);
    expect(tidyLines([' 一 ', '', '  '])).toEqual(['一']);
  });

  it('changes the order of neighbours, and not beyond its ends', () => {
    expect(moveItem(['一', '二'], 1, -1)).toEqual(['二', '一']);
    expect(moveItem(['一', '二'], 1, 1)).toEqual(['一', '二']);
    expect(moveItem(['一', '二'], 2, -1)).toEqual(['一', '二']);
  });
});
