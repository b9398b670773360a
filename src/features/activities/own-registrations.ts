import type { Clock } from '../../core/clock.js';
import { UserError } from '../../core/errors.js';
import type { Transaction } from '../../core/transaction-runner.js';
import type { DataSubject, Erased, OwnDataPart, OwnRecord } from '../compliance/own-data-part.js';
import { timeOf, type Activity } from './activity.js';
import type { OwnRegistrationStore } from './own-registration-store.js';
import type { Registration } from './registration.js';
import type { Applicants } from './registrations/applicants.js';
import type { ActivityFinder } from './registrations/registration-parts.js';
import { registrationRetentionDays } from './registrations/registration-retention.js';
import { hasEnded } from './registrations/registration-transitions.js';

export interface OwnRegistrationsParts {
  store: OwnRegistrationStore;
  activities: ActivityFinder;
  applicants: Pick<Applicants, 'open'>;
  clock: Clock;
}

const attendedKept = `参加过的活动：去掉了姓名、证件号、手机号和填写的内容，只留下哪个活动和一个还原不出身份证号的编号，用来核对名额和每人限报次数，活动结束 ${registrationRetentionDays} 天后删除。`;

/** A citizen's registrations, with what they filled in. */
export class OwnRegistrations implements OwnDataPart {
  readonly name = 'registrations';
  readonly #parts: OwnRegistrationsParts;

  constructor(parts: OwnRegistrationsParts) {
    this.#parts = parts;
  }

  async *copy(citizen: DataSubject): AsyncIterable<OwnRecord> {
    const { store, activities } = this.#parts;
    for (const registration of await store.listOf(citizen)) {
      const activity = await activities.find(citizen.accountId, registration.activityId);
      yield { ...describeActivity(registration, activity), ...this.#describe(registration) };
    }
  }

  /** @throws UserError `registrations_ahead`: those must be cancelled first */
  async erase(tx: Transaction, citizen: DataSubject): Promise<Erased> {
    const { store } = this.#parts;
    const found = await store.listOf(citizen, tx);
    const standing = found.filter((registration) => !hasEnded(registration));
    const attended: Registration[] = [];
    for (const registration of standing)
      if (await this.#isOver(registration, tx)) attended.push(registration);
    const ahead = standing.length - attended.length;
    if (ahead > 0)
      throw new UserError('registrations_ahead', `还有 ${ahead} 个没结束的活动报名，请先取消，再删除记录`, {
        status: 409,
      });
    const ended = found.filter(hasEnded);
    await store.remove(tx, ended);
    await store.anonymise(tx, attended);
    return {
      deleted: ended.length,
      anonymised: attended.length,
      kept: attended.length > 0 ? [attendedKept] : [],
    };
  }

  /** Nothing can come of it any more: they were there, or it is over. */
  async #isOver({ accountId, activityId, groupId, state }: Registration, tx: Transaction): Promise<boolean> {
    if (state === 'arrived') return true;
    if (state !== 'confirmed') return false;
    const activity = await this.#parts.activities.find(accountId, activityId, tx);
    const group = activity?.groups.find(({ id }) => id === groupId);
    return !activity || timeOf(activity, group ?? {}).endsAt.getTime() <= this.#parts.clock.now();
  }

  #describe(registration: Registration): OwnRecord {
    const { state, facts, feeFen, consent, createdAt, arrivedAt, expiresAt, endedBecause } = registration;
    const applicant = this.#parts.applicants.open(registration);
    return {
      state,
      person: applicant && { name: applicant.name, idNumber: applicant.idNumber, phone: applicant.phone },
      answers: applicant?.answers ?? null,
      school: facts.school ?? null,
      district: facts.district ?? null,
      feeFen,
      consent: { notice: consent.notice, at: consent.at.toISOString() },
      endedBecause: endedBecause ?? null,
      createdAt: createdAt.toISOString(),
      arrivedAt: arrivedAt?.toISOString() ?? null,
      deletedOn: expiresAt.toISOString(),
    };
  }
}

function describeActivity({ activityId, groupId }: Registration, activity: Activity | null): OwnRecord {
  const group = activity?.groups.find(({ id }) => id === groupId);
  const time = activity && timeOf(activity, group ?? {});
  return {
    activity: activity?.title ?? activityId,
    group: group?.name ?? groupId,
    startsAt: time?.startsAt.toISOString() ?? null,
    endsAt: time?.endsAt.toISOString() ?? null,
  };
}
