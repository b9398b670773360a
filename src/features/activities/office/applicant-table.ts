import { businessDay, timeOfDay } from '../../../core/business-day.js';
import { moneyInWords } from '../../../core/in-words.js';
import type { Activity } from '../activity.js';
import type { ApplicantRecord } from './applicant-desk.js';
import { officeTexts } from './office-texts.js';

/** The head of the spreadsheet: what everybody is asked, then the activity's own questions. */
export function applicantColumns({ questions }: Activity): string[] {
  return [...officeTexts.columns, ...questions.map(({ label }) => label)];
}

/** A row of the spreadsheet. */
export function toApplicantRow(
  { registration, person, answers }: ApplicantRecord,
  { groups, questions }: Activity,
): string[] {
  const { groupId, state, facts, feeFen, lot, createdAt, arrivedAt, endedBecause } = registration;
  return [
    groups.find(({ id }) => id === groupId)?.name ?? groupId,
    officeTexts.states[state],
    person?.name ?? '',
    person?.idNumber ?? '',
    person?.phone ?? '',
    facts.school ?? '',
    facts.district ?? '',
    moneyInWords(feeFen),
    moment(createdAt),
    arrivedAt ? moment(arrivedAt) : '',
    lot ?? '',
    endedBecause ?? '',
    ...questions.map((question) => answers.find(({ key }) => key === question.key)?.answer ?? ''),
  ];
}

/** `2026-11-28 09:00`, in Asia/Shanghai. */
function moment(at: Date): string {
  return `${businessDay(at.getTime())} ${timeOfDay(at.getTime())}`;
}
