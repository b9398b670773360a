import { describe, expect, it } from '@jest/globals';
import { loadContentFiles } from '../../../../src/features/content/files/load-content-files.js';
import { addLines, filterLines } from '../../../../src/web/console/words/filter-lines.js';
import {
  beginKind,
  readEmergency,
  readSensitive,
  readSynonyms,
  writeEmergency,
  writeSensitive,
  writeSynonyms,
} from '../../../../src/web/console/words/words-forms.js';

describe('the lists of words', () => {
  it('save the sample content as it was read', async () => {
    const loaded = await loadContentFiles(process.cwd(), 'pingan-meizhou');
    if ('faults' in loaded) throw new Error('the sample content has faults');
    const { emergency, sensitive, synonyms } = loaded.content;

    expect(writeEmergency(readEmergency(emergency))).toEqual(emergency);
    expect(writeSensitive(readSensitive(sensitive))).toEqual(sensitive);
    expect(writeSynonyms(readSynonyms(synonyms))).toEqual(synonyms);
  });

  it('take synonyms apart at whatever sign stands between them, each word once', () => {
    expect(writeSynonyms(['身份证，身分证、二代证, 身分证', ''])).toEqual([['身份证', '身分证', '二代证']]);
  });

  it('give a new kind of emergency an id that is free', () => {
    const first = beginKind([]);

    expect(first.id).toBe('kind-1');
    expect(beginKind([{ ...first, id: 'kind-2' }]).id).toBe('kind-3');
  });
});

describe('a long list', () => {
  it('finds rows and knows where they stand in the whole', () => {
    expect(filterLines(['身份证', 'ID卡', '护照'], 'id')).toEqual([{ line: 'ID卡', index: 1 }]);
    expect(filterLines(['身份证', '护照'], ' ')).toHaveLength(2);
  });

  it('takes what is new of many lines, and leaves what it has', () => {
    expect(addLines(['一'], ['一', '二', '二', '三'])).toEqual({ lines: ['一', '二', '三'], added: 2 });
  });
});
