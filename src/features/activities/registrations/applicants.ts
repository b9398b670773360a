import { z } from 'zod';
import type { FieldCipher } from '../../../core/field-cipher.js';
import { maskPerson, type Person } from '../../persons/person.js';
import { PersonSeal, type SealedPerson } from '../../persons/person-seal.js';
import type { Citizen } from '../registration-desk.js';
import type { Registration } from '../registration.js';
import type { Answer } from './read-answers.js';

/** Who registers, and what they answered. */
export interface Applicant extends Person {
  answers: Record<string, Answer>;
}

const applicantSchema: z.ZodType<Applicant> = z.object({
  name: z.string(),
  idNumber: z.string(),
  phone: z.string(),
  answers: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** Seals applicants and shows them again. */
export class Applicants {
  readonly #seal: PersonSeal<Applicant>;

  constructor(cipher: FieldCipher) {
    const fields = { person: 'registrations.person', idNumber: 'registrations.idNumber' };
    this.#seal = new PersonSeal(cipher, fields, applicantSchema);
  }

  keyOf(accountId: string, person: Pick<Person, 'idNumber'>): string {
    return this.#seal.keyOf(accountId, person);
  }

  seal(citizen: Citizen, applicant: Applicant): SealedPerson {
    return this.#seal.seal(citizen, applicant);
  }

  /** Null where the key is lost. */
  open(registration: Pick<Registration, 'accountId' | 'openid' | 'sealed'>): Applicant | null {
    return this.#seal.open(registration);
  }

  openMasked(registration: Pick<Registration, 'accountId' | 'openid' | 'sealed'>): Person | null {
    const applicant = this.open(registration);
    return applicant && maskPerson(applicant);
  }
}
