import type { RegistrationStore } from '../registration-store.js';
import type { Applicants } from './applicants.js';

/** What people at the door are called by. */
export class RegisteredNames {
  readonly #registrations: Pick<RegistrationStore, 'listByIds'>;
  readonly #applicants: Pick<Applicants, 'openMasked'>;

  constructor(
    registrations: Pick<RegistrationStore, 'listByIds'>,
    applicants: Pick<Applicants, 'openMasked'>,
  ) {
    this.#registrations = registrations;
    this.#applicants = applicants;
  }

  /** Masked names by registration; without those whose key is lost. */
  async readMasked(
    accountId: string,
    registrationIds: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    const found = await this.#registrations.listByIds(accountId, registrationIds);
    return new Map(
      found.flatMap((registration) => {
        const person = this.#applicants.openMasked(registration);
        return person ? [[registration.registrationId, person.name] as const] : [];
      }),
    );
  }
}
