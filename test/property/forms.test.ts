import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays, calendarDay, weekdayOf } from '../../src/core/business-day.js';
import { checkDigitOf, findIdNumberFault } from '../../src/core/id-number.js';
import { holdsPersonalNumber, maskPersonalNumbers } from '../../src/core/mask-personal.js';
import type { CitizenInput } from '../../src/core/messages.js';
import { dialogStateSchema } from '../../src/dialog/dialog-state.js';
import { submissionSchema } from '../../src/dialog/forms/form-model.js';
import { parseDay } from '../../src/dialog/forms/parse-day.js';
import { buildContent } from '../support/content-builder.js';
import { buildRelease, Conversation } from '../support/conversation.js';
import { buildForm } from '../support/form-builder.js';
import { buildLiveForm } from '../support/live-form-builder.js';
import type { JsonRecord, RequestOutcome } from '../../src/dialog/request.js';

const now = Date.parse('2026-06-01T09:00:00+08:00');

const aDay = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2026-05-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const anIdNumber = fc
  .tuple(
    fc.constantFrom('11', '44', '65', '81'),
    fc.integer({ min: 0, max: 9_999 }),
    aDay,
    fc.integer({ min: 0, max: 999 }),
  )
  .map(([region, place, day, order]) => {
    const digits = `${region}${String(place).padStart(4, '0')}${day.replaceAll('-', '')}${String(order).padStart(3, '0')}`;
    return `${digits}${checkDigitOf(digits)}`;
  });

const aMobile = fc
  .tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 0, max: 999_999_999 }))
  .map(([second, rest]) => `1${second}${String(rest).padStart(9, '0')}`);

describe('an ID number', () => {
  it('is good with its check digit and with no other', () => {
    fc.assert(
      fc.property(anIdNumber, fc.constantFrom(...'0123456789X'.split('')), (idNumber, last) => {
        expect(findIdNumberFault(idNumber, now)).toBeNull();
        const other = `${idNumber.slice(0, 17)}${last}`;
        expect(findIdNumberFault(other, now)).toBe(last === idNumber.at(-1) ? null : 'check');
      }),
    );
  });

  it('with one digit mistyped, or two neighbours exchanged, is never taken for another', () => {
    fc.assert(
      fc.property(anIdNumber, fc.nat({ max: 16 }), fc.nat({ max: 9 }), (idNumber, at, digit) => {
        const mistyped = `${idNumber.slice(0, at)}${digit}${idNumber.slice(at + 1)}`;
        expect(findIdNumberFault(mistyped, now) === null).toBe(mistyped === idNumber);
        const exchanged = `${idNumber.slice(0, at)}${idNumber.charAt(at + 1)}${idNumber.charAt(at)}${idNumber.slice(at + 2)}`;
        expect(findIdNumberFault(exchanged, now) === null).toBe(exchanged === idNumber);
      }),
    );
  });

  it('is never one in any other text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (text) => {
        if (!/^\d{17}[\dX]$/.test(text)) expect(findIdNumberFault(text, now)).toBe('form');
      }),
    );
  });
});

describe('a personal number in a text', () => {
  const separator = fc.constantFrom('', ' ', '-', '\u200b');
  const around = fc.string({ unit: fc.constantFrom(...'我的是电话，。abc\n'.split('')), maxLength: 8 });

  it('is noticed and masked, however it is written', () => {
    fc.assert(
      fc.property(
        fc.oneof(anIdNumber, aMobile),
        separator,
        around,
        around,
        fc.boolean(),
        (number, gap, before, after, wide) => {
          const spaced = number.replace(/\d{3}(?=\d{4})/g, (digits) => `${digits}${gap}`);
          const written = wide
            ? spaced.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
            : spaced;
          const text = `${before}${written}${after}`;
          expect(holdsPersonalNumber(text)).toBe(true);
          const masked = maskPersonalNumbers(text)
            .normalize('NFKC')
            .replace(/[^\dX]/g, '');
          expect(masked).toBe(`${number.slice(0, 3)}${number.slice(-4)}`);
        },
      ),
    );
  });

  it('is masked and everything around it left as it was written', () => {
    expect(maskPersonalNumbers('电话：１３８ 1234-5678，证号11010519491231002x。')).toBe(
      '电话：138****5678，证号110***********002x。',
    );
    expect(maskPersonalNumbers('①③⑧①②③④⑤⑥⑦⑧')).toBe('138****5678');
  });

  it('is not seen in short numbers, dates, prices and hotlines', () => {
    for (const text of [
      '110',
      '12345',
      '2026-03-05',
      '工本费20元',
      '96110',
      '20261122-048273',
      '2026年3月5日 14:30',
    ]) {
      expect(holdsPersonalNumber(text)).toBe(false);
      expect(maskPersonalNumbers(text)).toBe(text);
    }
  });
});

describe('a day', () => {
  const todays = fc.constantFrom('2026-01-01', '2026-02-28', '2024-02-29', '2026-12-31', '2026-06-01');

  it('is read back from every way of writing it out', () => {
    fc.assert(
      fc.property(aDay, todays, (day, today) => {
        const [year, month, date] = day.split('-').map(Number);
        const forms = [
          day,
          day.replaceAll('-', ''),
          `${year}年${month}月${date}日`,
          `${year}/${month}/${date}`,
        ];
        for (const form of forms) expect(parseDay(form, today)).toEqual([day]);
      }),
    );
  });

  it('that a text names exists in the calendar, whatever the text', () => {
    const part = fc.constantFrom(
      '下',
      '上',
      '周',
      '星期',
      '三',
      '日',
      '月',
      '年',
      '2',
      '30',
      '2026',
      '-',
      '天',
      '后',
      '个',
      '号',
      '十',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), todays, (parts, today) => {
        for (const day of parseDay(parts.join(''), today) ?? []) {
          const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
          expect(calendarDay(year, month, date)).toBe(day);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('of next week lies in the seven days from next Monday on', () => {
    fc.assert(
      fc.property(todays, fc.constantFrom(...'一二三四五六日'.split('')), (today, name) => {
        const [day = ''] = parseDay(`下周${name}`, today) ?? [];
        const monday = addDays(today, 8 - weekdayOf(today));
        expect(day >= monday && day <= addDays(monday, 6)).toBe(true);
        expect(weekdayOf(day)).toBe('一二三四五六日'.indexOf(name) + 1);
      }),
    );
  });
});

describe('a form, whatever is said', () => {
  const anInput: fc.Arbitrary<CitizenInput> = fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .constantFrom(
          '登记',
          '补办证件',
          '1',
          '2',
          '3',
          '0',
          '#',
          '取消',
          '同意',
          '不同意',
          '跳过',
          '确认',
          '接着',
          '重新',
          '人工',
          '帮助',
          '救命',
          '11010519491231002X',
          '138 1234 5678',
          '13812345678',
        )
        .map((text): CitizenInput => ({ kind: 'text', text })),
    },
    fc.string({ maxLength: 30 }).map((text): CitizenInput => ({ kind: 'text', text })),
    fc.constantFrom<CitizenInput>(
      { kind: 'image', mediaId: 'm', url: 'u' },
      { kind: 'location', latitude: 24, longitude: 116, label: '' },
      { kind: 'click', key: 'form:apply' },
      { kind: 'follow' },
      { kind: 'notification', name: 'n' },
    ),
  );
  const steps = fc.array(fc.tuple(anInput, fc.constantFrom(0, 0, 0, 31)), { maxLength: 30 });
  const release = buildRelease(buildContent(), 1, [buildForm()]);

  it('answers, keeps a small state that survives storage, and shows no personal number', () => {
    fc.assert(
      fc.property(steps, (inputs) => {
        const talk = new Conversation(release);
        for (const [input, minutes] of inputs) {
          talk.pass(minutes);
          const turn = talk.do(input);
          expect(turn.replies.length > 0).toBe(input.kind !== 'notification');
          expect(JSON.stringify([turn.replies, turn.decision])).not.toMatch(/19491231|12345678/);
          const stored = JSON.stringify(talk.state);
          expect(stored.length).toBeLessThan(2_048);
          expect(dialogStateSchema.parse(JSON.parse(stored))).toEqual(talk.state);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('submits nothing personal without consent, and nothing that was not asked for', () => {
    fc.assert(
      fc.property(steps, (inputs) => {
        const talk = new Conversation(release);
        for (const [input] of inputs) talk.do(input);
        for (const { payload } of talk.requests.filter(({ name }) => name === 'test.submit')) {
          const { values, consent } = submissionSchema.parse(payload);
          expect(consent).toBeDefined();
          expect(['reason', 'place', 'idNumber'].every((key) => key in values)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a form whose options a service knows, whatever is said and whatever the service answers', () => {
  const aValue = fc.constantFrom('a', 'b', 'c', '1', '2', '__proto__');
  const aLabel = fc.oneof(
    fc.constantFrom('城东', '九点', '3号', '更多', '（）'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 130 }),
  );
  const anOption = fc.oneof(
    { weight: 4, arbitrary: fc.record({ value: aValue, label: aLabel }) },
    fc.record(
      {
        value: aValue,
        label: aLabel,
        words: fc.array(fc.string(), { maxLength: 2 }),
        note: fc.constantFrom('余 3', '正为您留着'),
        disabled: fc.constant('已满'),
        opens: fc.constantFrom('visit', 'queue', 'nowhere'),
      },
      { requiredKeys: ['value', 'label'] },
    ),
  );
  const someOptions = fc.uniqueArray(anOption, { maxLength: 30, selector: ({ value }) => value });
  const done = (facts: fc.Arbitrary<object>): fc.Arbitrary<RequestOutcome> =>
    facts.map((found) => ({ kind: 'done', facts: JSON.parse(JSON.stringify(found)) as JsonRecord }));
  const anOutcomeOf = (facts: fc.Arbitrary<object>): fc.Arbitrary<RequestOutcome> =>
    fc.oneof(
      { weight: 8, arbitrary: done(facts) },
      done(fc.dictionary(fc.string(), fc.jsonValue())),
      fc
        .constantFrom('too_late', 'full')
        .map((code): RequestOutcome => ({ kind: 'refused', code, sentence: '不行。' })),
      fc.constant<RequestOutcome>({ kind: 'unavailable' }),
    );
  const aList = anOutcomeOf(fc.record({ options: someOptions }));
  const anOutcome = anOutcomeOf(
    fc.record(
      { ticket: fc.constantFrom('t-1', 't-2'), said: fc.constant('为您留着。') },
      { requiredKeys: [] },
    ),
  );
  const anInput: fc.Arbitrary<CitizenInput> = fc.oneof(
    {
      weight: 8,
      arbitrary: fc
        .constantFrom(
          '来访',
          '排队',
          '我的',
          '1',
          '2',
          '3',
          '10',
          '更多',
          '城东',
          '#',
          '取消',
          '同意',
          '不同意',
          '13812345678',
          '确认',
          '接着',
          '重新',
          '跳过',
          '人工',
          '帮助',
          '救命',
        )
        .map((text): CitizenInput => ({ kind: 'text', text })),
    },
    fc.string({ maxLength: 20 }).map((text): CitizenInput => ({ kind: 'text', text })),
    fc.constantFrom<CitizenInput>(
      { kind: 'image', mediaId: 'm', url: 'u' },
      { kind: 'click', key: 'form:visit' },
      { kind: 'unfollow' },
    ),
  );
  const words = (...texts: string[]) => texts.map((text): CitizenInput => ({ kind: 'text', text }));
  const inputs: fc.Arbitrary<CitizenInput[]> = fc.oneof(
    fc.constantFrom(
      words('来访', '1', '1', '同意', '13812345678', '确认'),
      words('来访', '2', '2', '同意'),
      words('1', '同意', '13812345678', '确认'),
      words('取消', '来访', '1'),
      words('取消', '排队', '1', '1', '同意'),
      words('#', '#', '2'),
    ),
    anInput.map((input) => [input]),
  );
  const forms = [
    buildLiveForm(),
    buildLiveForm({ id: 'queue', title: '排队', words: ['排队'], reviewed: false, leave: undefined }),
    buildLiveForm({ id: 'mine', title: '我的', words: ['我的'], steps: [], done: '{text}', draftDays: 0 }),
  ];
  const releases = [
    buildRelease(buildContent(), 1, forms),
    buildRelease(buildContent(), 2, [buildLiveForm({ steps: buildLiveForm().steps.slice(1) })]),
  ];
  const course = fc.array(fc.tuple(inputs, fc.constantFrom(0, 0, 0, 31, 2_000)), { maxLength: 12 });
  /** Each service answers in turn, again and again; the release changes after so many messages. */
  const world = fc.record({
    lists: fc.array(aList, { minLength: 1, maxLength: 3 }),
    others: fc.array(anOutcome, { minLength: 1, maxLength: 6 }),
    changesAt: fc.nat({ max: 40 }),
  });
  interface World {
    lists: RequestOutcome[];
    others: RequestOutcome[];
    changesAt: number;
  }

  function run(
    parts: [CitizenInput[], number][],
    { lists, others, changesAt }: World,
    look: (talk: Conversation, said: string) => void,
  ): void {
    const talk = new Conversation(releases[0]);
    let asked = 0;
    talk.service = ({ name }) => {
      const outcomes = name === 'visit.halls' || name === 'visit.times' ? lists : others;
      asked += 1;
      return outcomes[asked % outcomes.length]!;
    };
    let told = 0;
    for (const [messages, minutes] of parts) {
      talk.pass(minutes);
      for (const input of messages) {
        if (told === changesAt) talk.release = releases[1]!;
        told += 1;
        const turn = talk.do(input);
        look(talk, JSON.stringify([turn.replies, turn.decision]));
      }
    }
  }

  it('comes to an answer, keeps a small state that survives storage, and shows no personal number', () => {
    fc.assert(
      fc.property(course, world, (parts, outside) => {
        let before = 0;
        run(parts, outside, (talk, said) => {
          expect(talk.requests.length - before).toBeLessThan(20);
          before = talk.requests.length;
          expect(said).not.toContain('12345678');
          const stored = JSON.stringify(talk.state);
          expect(stored.length).toBeLessThan(4_096);
          expect(dialogStateSchema.parse(JSON.parse(stored))).toEqual(talk.state);
        });
      }),
      { numRuns: 400 },
    );
  });

  it('hands in nothing personal without consent, and no option that was never offered', () => {
    fc.assert(
      fc.property(course, world, (parts, outside) => {
        run(parts, outside, ({ requests }) => {
          for (const { name, payload } of requests.filter(({ name }) => name.startsWith('visit.'))) {
            const { values, consent } = submissionSchema.parse(payload);
            if ('phone' in values) expect(consent).toBeDefined();
            for (const key of ['hall', 'time'])
              if (key in values)
                expect(JSON.stringify(outside.lists)).toContain(`"value":"${String(values[key])}"`);
            if (name === 'visit.keep') expect(values).toHaveProperty('time');
          }
        });
      }),
      { numRuns: 400 },
    );
  });
});
