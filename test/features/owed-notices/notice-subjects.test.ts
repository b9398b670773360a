import { expect, it } from '@jest/globals';
import { NoticeSubjects, type NoticeSubject } from '../../../src/features/owed-notices/notice-subject.js';

const visits: NoticeSubject = {
  kind: 'appointment',
  desk: { path: 'appointments', see: 'appointments.serve', repeat: 'appointments.override' },
  write: async () => null,
  describe: async () => null,
};

it('finds the feature that a message is about', () => {
  expect(new NoticeSubjects([visits]).require('appointment')).toBe(visits);
});

it('refuses what no feature of this node knows: the message waits for a newer one', () => {
  expect(() => new NoticeSubjects([visits]).require('registration')).toThrow('is called registration');
});

it('refuses two features that call theirs the same', () => {
  expect(() => new NoticeSubjects([visits, { ...visits }])).toThrow('are called appointment');
});
