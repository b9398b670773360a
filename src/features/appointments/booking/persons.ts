import type { FieldCipher } from '../../../core/field-cipher.js';
import { maskPerson, personSchema } from '../../persons/person.js';
import { PersonSeal } from '../../persons/person-seal.js';
import type { Appointment, Person } from '../appointment.js';
import type { Citizen, Consent } from '../booking-desk.js';

/** What an appointment keeps of a person. */
export interface PersonRecord {
  personKey: string;
  sealed: string;
  consent?: Consent;
}

/** Seals persons and shows them again. */
export class Persons {
  readonly #seal: PersonSeal<Person>;

  constructor(cipher: FieldCipher) {
    const fields = { person: 'appointments.person', idNumber: 'appointments.idNumber' };
    this.#seal = new PersonSeal(cipher, fields, personSchema);
  }

  seal(citizen: Citizen, person: Person): PersonRecord {
    return this.#seal.seal(citizen, person);
  }

  /** Null before the form, and where the key is lost. */
  open({ accountId, openid, sealed }: Appointment): Person | null {
    return sealed === undefined ? null : this.#seal.open({ accountId, openid, sealed });
  }

  openMasked(appointment: Appointment): Person | null {
    const person = this.open(appointment);
    return person && maskPerson(person);
  }
}
