import type { Transaction } from '../../../core/transaction-runner.js';
import { feeOf, timeOf } from '../activity.js';
import type { PlacesKey } from '../place-store.js';
import type { Citizen, RegistrationForm, RegistrationView } from '../registration-desk.js';
import type { Registration } from '../registration.js';
import { activityOf } from './activity-of.js';
import type { Admission } from './admission.js';
import { Applicants } from './applicants.js';
import { refuseTwice, type PersonLimits } from './person-limits.js';
import type { PlaceKeeper } from './place-keeper.js';
import { readApplication, type Application } from './read-application.js';
import { refuse } from './refusals.js';
import type { RegistrationParts } from './registration-parts.js';
import { registrationExpiry } from './registration-retention.js';
import { advance, isLapsedOffer } from './registration-transitions.js';
import type { RegistrationViews } from './registration-views.js';

interface Wish {
  citizen: Citizen;
  form: RegistrationForm;
  mayWait: boolean;
}

/** Applies, takes a place, waits for one, and takes what is offered. */
export class Registering {
  readonly #parts: RegistrationParts;
  readonly #keeper: PlaceKeeper;
  readonly #limits: PersonLimits;
  readonly #admission: Admission;
  readonly #views: RegistrationViews;
  readonly #applicants: Applicants;

  constructor(
    parts: RegistrationParts,
    helpers: { keeper: PlaceKeeper; limits: PersonLimits; admission: Admission; views: RegistrationViews },
  ) {
    this.#parts = parts;
    this.#keeper = helpers.keeper;
    this.#limits = helpers.limits;
    this.#admission = helpers.admission;
    this.#views = helpers.views;
    this.#applicants = new Applicants(parts.cipher);
  }

  async register(citizen: Citizen, form: RegistrationForm, mayWait: boolean): Promise<RegistrationView> {
    const { registrations, transactions } = this.#parts;
    const repeated = await registrations.findByRequest(citizen, form.requestKey);
    if (repeated) return this.#views.show(repeated);
    const wish = { citizen, form, mayWait };
    const key = { accountId: citizen.accountId, activityId: form.activityId };
    const application = await this.#read(key, form);
    await this.#refuseInVain(application, mayWait);
    const registration = await this.#keeper.inLine(key, async () => {
      await this.#refuseInVain(application, mayWait);
      return transactions.run((tx) => this.#registerWithin(tx, wish));
    });
    return this.#views.show(registration);
  }

  async accept(citizen: Citizen, registrationId: string): Promise<RegistrationView> {
    const { registrations, orders, transactions, clock } = this.#parts;
    const seen = await this.#views.findOwn(citizen, registrationId);
    const accepted = await this.#keeper.inLine(seen, () =>
      transactions.run(async (tx) => {
        const now = clock.now();
        const offer = await this.#views.findOwn(citizen, registrationId, tx);
        if (isTaken(offer)) return offer;
        refuseUnlessOffered(offer, now);
        if (offer.feeFen > 0 && !orders.canTakeMoney(offer.accountId)) throw refuse('payment_unavailable');
        await this.#keeper.refuseUnlessOpen(tx, offer);
        const activity = await activityOf(this.#parts, offer, tx);
        const agreed = { ...offer, agreedAt: new Date(now) };
        const after = await this.#admission.admit(tx, agreed, activity, { isPresent: true, now });
        await registrations.replace(tx, offer, after);
        return after;
      }),
    );
    return this.#views.show(accepted);
  }

  async #read(key: PlacesKey, form: RegistrationForm, tx?: Transaction): Promise<Application> {
    const { activities, orders, clock } = this.#parts;
    const activity = await activities.find(key.accountId, key.activityId, tx);
    const application = readApplication(activity, form, clock.now());
    if (feeOf(application.activity, application.group) > 0 && !orders.canTakeMoney(key.accountId))
      throw refuse('payment_unavailable');
    return application;
  }

  /** By a read that many share: most of a crowd never stand in line. */
  async #refuseInVain({ activity, group, applicant }: Application, mayWait: boolean): Promise<void> {
    if (activity.mode === 'lots' || (mayWait && activity.hasWaitingList)) return;
    if (!(await this.#keeper.isFull(activity, group.id))) return;
    const personKey = this.#applicants.keyOf(activity.accountId, applicant);
    const mine = await this.#parts.registrations.listOfPerson(activity, personKey);
    throw mine.some(({ groupId }) => groupId === group.id) ? refuseTwice(group) : full(group);
  }

  async #registerWithin(tx: Transaction, { citizen, form, mayWait }: Wish): Promise<Registration> {
    const { registrations, clock, draws } = this.#parts;
    const repeated = await registrations.findByRequest(citizen, form.requestKey, tx);
    if (repeated) return repeated;
    const key = { accountId: citizen.accountId, activityId: form.activityId };
    const application = await this.#read(key, form, tx);
    const { activity, group } = application;
    const now = clock.now();
    const fresh = await this.#freshFor(tx, citizen, form, application, now);
    const store = async (registration: Registration) => {
      await registrations.add(tx, registration);
      return registration;
    };
    const { formVersion } = form;
    if (activity.mode === 'lots') {
      await this.#keeper.refuseUnlessOpen(tx, key, formVersion);
      return store({ ...fresh, lot: draws.lot() });
    }
    if (await this.#keeper.take(tx, activity, group.id, { formVersion, now }))
      return store(await this.#admission.admit(tx, fresh, activity, { isPresent: true, now }));
    if (!mayWait || !activity.hasWaitingList) throw full(group);
    return store(advance(fresh, 'waiting', now, { until: timeOf(activity, group).startsAt }));
  }

  async #freshFor(
    tx: Transaction,
    citizen: Citizen,
    form: RegistrationForm,
    { activity, group, applicant, facts }: Application,
    now: number,
  ): Promise<Registration> {
    const { accountId, openid } = citizen;
    const { notice, at: consentedAt } = form.consent;
    const sealed = this.#applicants.seal(citizen, applicant);
    const { personKey } = sealed;
    const at = new Date(now);
    return {
      accountId,
      openid,
      ...sealed,
      facts,
      registrationId: this.#parts.draws.registrationId(),
      activityId: activity.activityId,
      groupId: group.id,
      state: 'applied',
      consent: { notice, at: consentedAt },
      formVersion: form.formVersion,
      requestKey: form.requestKey,
      ordinal: await this.#limits.claim(tx, activity, { group, personKey, now }),
      rank: 0,
      feeFen: feeOf(activity, group),
      agreedAt: at,
      createdAt: at,
      changedAt: at,
      expiresAt: registrationExpiry(timeOf(activity, group).endsAt),
    };
  }
}

function full({ name }: { name: string }) {
  return refuse('group_full', `「${name}」的名额已满`);
}

function isTaken({ state, isPlaced }: Registration): boolean {
  return state === 'held' || state === 'confirmed' || state === 'arrived' || isPlaced === true;
}

function refuseUnlessOffered(registration: Registration, now: number): void {
  if (registration.state === 'lapsed' || isLapsedOffer(registration, now)) throw refuse('offer_lapsed');
  if (registration.state === 'closed') throw refuse('activity_cancelled');
  if (registration.state !== 'offered') throw refuse('not_changeable');
}
