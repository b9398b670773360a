import type { Actor } from '../../../core/actor.js';
import type { Transaction } from '../../../core/transaction-runner.js';
import type { OrderSubject } from '../../orders/order-subject.js';
import type {
  Citizen,
  RegistrationDesk,
  RegistrationForm,
  RegistrationOffice,
  RegistrationView,
} from '../registration-desk.js';
import type { PlaceDifference } from '../registration-store.js';
import type { Registration } from '../registration.js';
import type { ArrivalBook } from '../ticket-book.js';
import { Admission } from './admission.js';
import { Deciding } from './deciding.js';
import { Leaving } from './leaving.js';
import { PersonLimits } from './person-limits.js';
import { PlaceKeeper } from './place-keeper.js';
import { Registering } from './registering.js';
import type { RegistrationParts } from './registration-parts.js';
import { RegistrationSubject } from './registration-subject.js';
import { advance } from './registration-transitions.js';
import { RegistrationUpkeep } from './registration-upkeep.js';
import { RegistrationViews } from './registration-views.js';

/**
 * The last place is never given twice: a place and the record of who stands in it change in one transaction of
 * conditional writes under unique indexes. What is read before only says why something is refused.
 */
export class ActivityRegistrations implements RegistrationDesk, RegistrationOffice, ArrivalBook {
  /** What payments do to registrations; for the orders. */
  readonly subject: OrderSubject;
  readonly upkeep: RegistrationUpkeep;
  /** For the draw. */
  readonly keeper: PlaceKeeper;
  readonly admission: Admission;
  readonly #parts: RegistrationParts;
  readonly #views: RegistrationViews;
  readonly #registering: Registering;
  readonly #leaving: Leaving;
  readonly #deciding: Deciding;

  constructor(parts: RegistrationParts) {
    const keeper = new PlaceKeeper(parts);
    const views = new RegistrationViews(parts);
    const limits = new PersonLimits(parts, keeper);
    const admission = new Admission(parts);
    const leaving = new Leaving(parts, { keeper, views });
    this.#parts = parts;
    this.#views = views;
    this.#leaving = leaving;
    this.#registering = new Registering(parts, { keeper, limits, admission, views });
    this.#deciding = new Deciding(parts, { keeper, admission, leaving });
    this.keeper = keeper;
    this.admission = admission;
    this.subject = new RegistrationSubject(parts, { keeper, limits, admission });
    this.upkeep = new RegistrationUpkeep(parts, { keeper, leaving });
  }

  register(citizen: Citizen, form: RegistrationForm, mayWait: boolean): Promise<RegistrationView> {
    return this.#registering.register(citizen, form, mayWait);
  }

  accept(citizen: Citizen, registrationId: string): Promise<RegistrationView> {
    return this.#registering.accept(citizen, registrationId);
  }

  cancel(citizen: Citizen, registrationId: string): Promise<RegistrationView> {
    return this.#leaving.cancel(citizen, registrationId);
  }

  listOf(citizen: Citizen): Promise<RegistrationView[]> {
    return this.#views.listOf(citizen);
  }

  async find(citizen: Citizen, registrationId: string): Promise<RegistrationView> {
    return this.#views.show(await this.#views.findOwn(citizen, registrationId));
  }

  approve(order: { accountId: string; registrationId: string }, actor: Actor): Promise<Registration> {
    return this.#deciding.approve(order, actor);
  }

  turnDown(
    order: { accountId: string; registrationId: string; reason: string },
    actor: Actor,
  ): Promise<Registration> {
    return this.#deciding.turnDown(order, actor);
  }

  cancelForCitizen(
    order: { accountId: string; registrationId: string; reason: string },
    actor: Actor,
  ): Promise<Registration> {
    return this.#deciding.cancelForCitizen(order, actor);
  }

  /** @throws Error where it is not confirmed: its ticket should have been revoked. */
  async arrived(tx: Transaction, accountId: string, registrationId: string, at: Date): Promise<void> {
    const { registrations } = this.#parts;
    const found = await registrations.find(accountId, registrationId, tx);
    if (found === null) throw new Error(`there is no registration ${registrationId}`);
    if (found.state === 'arrived') return;
    const after = advance(found, 'arrived', this.#parts.clock.now(), { arrivedAt: at });
    await registrations.replace(tx, found, after);
  }

  /** @throws Error where nobody was let in by it. */
  async undone(tx: Transaction, accountId: string, registrationId: string): Promise<void> {
    const { registrations, clock } = this.#parts;
    const found = await registrations.find(accountId, registrationId, tx);
    if (found === null) throw new Error(`there is no registration ${registrationId}`);
    const { arrivedAt: _arrivedAt, ...after } = advance(found, 'confirmed', clock.now());
    await registrations.replace(tx, found, after);
  }

  /** Groups whose count is not the number of those who stand in them. There are none, unless the program has a fault. */
  reconcile(accountId?: string): Promise<PlaceDifference[]> {
    return this.#parts.registrations.reconcile(accountId);
  }
}
