import { describe, expect, it } from '@jest/globals';
import type { AppointmentView } from '../../../src/features/appointments/booking-desk.js';
import { chatPhrases, wordsForDay, wordsForTime } from '../../../src/features/appointments/chat-phrases.js';
import { buildService, buildVenue, monday } from '../../support/booking-chat.js';

function at(time: string): Date {
  return new Date(`2026-11-25T${time}:00+08:00`);
}

function named(view: Partial<AppointmentView> = {}, materials: string[] = []) {
  return {
    view: {
      appointmentId: 'a1',
      state: 'booked',
      service: 'id-card',
      venue: 'hall-a',
      day: '2026-11-25',
      startsAt: at('09:00'),
      endsAt: at('09:30'),
      person: null,
      isChangeable: true,
      ...view,
    } satisfies AppointmentView,
    service: buildService({ materials }),
    venue: buildVenue(),
  };
}

describe('a time', () => {
  it('is told as people in Shanghai say it', () => {
    expect(chatPhrases.day('2026-11-25')).toBe('11月25日（周三）');
    expect(chatPhrases.shortDay('2026-03-01')).toBe('3月1日 周日');
    expect(chatPhrases.time(at('09:00'), at('09:30'))).toBe('上午 9:00–9:30');
    expect(chatPhrases.time(at('11:30'), at('12:00'))).toBe('上午 11:30–12:00');
    expect(chatPhrases.time(at('12:00'), at('12:30'))).toBe('下午 12:00–12:30');
  });

  it('is understood as people write it', () => {
    expect(wordsForDay('2026-11-24', monday)).toEqual(['11月24日', '24号', '24日', '明天']);
    expect(wordsForDay('2026-12-01', monday)).toEqual(['12月1日', '1号', '1日']);
    expect(wordsForTime(at('09:00'))).toEqual(['9:00', '9点', '9点钟']);
    expect(wordsForTime(at('14:30'))).toEqual(['14:30', '14点半', '14点30']);
    expect(wordsForTime(at('14:15'))).toEqual(['14:15', '14点15']);
  });
});

describe('an appointment that was booked', () => {
  it('says what to bring as far as a message holds it, and where the rest is told', () => {
    expect(chatPhrases.booked(named({}, ['户口簿', '旧身份证']))).toContain('请带：户口簿；旧身份证\n');
    const text = chatPhrases.booked(
      named(
        {},
        Array.from({ length: 20 }, () => '材'.repeat(100)),
      ),
    );
    expect(text).toMatch(/请带：材{100}；其余请看办事指南\n/);
  });

  it('needs nothing that staff have removed meanwhile', () => {
    expect(chatPhrases.cancelled({ ...named(), service: null, venue: null })).toBe(
      '已取消：（已调整，请咨询大厅），11月25日（周三）上午 9:00–9:30，（已调整，请咨询大厅）。谢谢您让出位置。',
    );
  });
});

describe('the appointments ahead', () => {
  it('are told with what is to be done about each', () => {
    const { startsAt: _from, endsAt: _to, ...view } = named({ state: 'waiting', position: 2 }).view;
    const waiting = { ...named(), view };
    const text = chatPhrases.mine([named({ state: 'offered', until: at('08:30') }), waiting]);
    expect(text).toContain(
      '〔待接受〕身份证\n11月25日（周三）上午 9:00–9:30\n示例大厅 A（地址以大厅公布为准）\n请在 8:30 前回复“接受”',
    );
    expect(text).toContain(
      '〔候补中〕身份证\n11月25日（周三）\n示例大厅 A（地址以大厅公布为准）\n您前面有 2 位。',
    );
  });

  it('are as many as a message holds, and the others are counted', () => {
    const text = chatPhrases.mine(Array.from({ length: 20 }, () => named({ code: 'ABCD1234' })));
    const shown = text.split('〔已预约〕').length - 1;
    expect(Buffer.byteLength(text)).toBeLessThan(1_300);
    expect(text).toContain(`还有 ${20 - shown} 个，时间更晚。`);
  });
});
