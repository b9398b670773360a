import { readPerson } from '../../persons/person.js';
import { timeOf, type Activity, type ActivityGroup } from '../activity.js';
import type { RegistrationForm } from '../registration-desk.js';
import type { StatedFacts } from '../registration.js';
import type { Applicant } from './applicants.js';
import { readFacts } from './conditions.js';
import { readAnswers } from './read-answers.js';
import { refuse } from './refusals.js';

/** A form that an activity accepts. */
export interface Application {
  activity: Activity;
  group: ActivityGroup;
  applicant: Applicant;
  facts: StatedFacts;
}

/**
 * Checks a form against the activity as it is.
 *
 * @param now milliseconds since the epoch, UTC.
 * @throws UserError as `RegistrationDesk.register`, for all that can be said without looking at places and people.
 */
export function readApplication(activity: Activity | null, form: RegistrationForm, now: number): Application {
  if (form.consent.notice.trim() === '') throw refuse('consent_missing');
  if (!/^[A-Za-z0-9_-]{8,64}$/.test(form.requestKey)) throw refuse('bad_request_key');
  if (activity === null || activity.state === 'draft') throw refuse('no_such_activity');
  if (activity.state === 'cancelled') throw refuse('activity_cancelled');
  if (now < activity.opensAt.getTime()) throw refuse('not_open_yet');
  if (now >= activity.closesAt.getTime() || activity.draw?.result) throw refuse('registration_closed');
  if (form.formVersion !== activity.formVersion) throw refuse('form_changed');
  const group = activity.groups.find(({ id }) => id === form.groupId);
  if (!group) throw refuse('no_such_group');
  if (now >= timeOf(activity, group).startsAt.getTime())
    throw refuse('registration_closed', `「${group.name}」已经开始，不能再报名`);
  const person = readPerson(form.person, now);
  const facts = readFacts(activity, group, person, form.facts);
  const answers = readAnswers(activity.questions, form.answers);
  return { activity, group, applicant: { ...person, answers }, facts };
}
