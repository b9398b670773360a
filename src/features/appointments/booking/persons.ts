import { z } from 'zod';
import type { FieldCipher } from '../../../core/field-cipher.js';
import { findIdNumberFault } from '../../../core/id-number.js';
import { maskIdNumber, maskPhone, maskWords } from '../../../core/mask-personal.js';
import { understandPhone } from '../../../dialog/forms/steps/phone-step.js';
import type { Appointment, Person } from '../appointment.js';
import type { Citizen, Consent } from '../booking-desk.js';
import { refuse } from './refusals.js';

const personField = 'appointments.person';
const idNumberField = 'appointments.idNumber';
const longestName = 30;

const personSchema: z.ZodType<Person> = z.object({
  name: z.string(),
  idNumber: z.string(),
  phone: z.string(),
});

/** What an appointment keeps of a person. */
export interface PersonRecord {
  personKey: string;
  sealed: string;
  consent?: Consent;
}

/**
 * The person as it is kept, however it was typed.
 *
 * @param now milliseconds since the epoch, UTC.
 * @throws UserError `bad_name` · `bad_id_number` · `bad_phone`
 */
export function readPerson(person: Person, now: number): Person {
  const name = person.name.trim();
  if (name === '' || name.length > longestName) throw refuse('bad_name');
  const idNumber = person.idNumber.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
  if (findIdNumberFault(idNumber, now) !== null) throw refuse('bad_id_number');
  const phone = understandPhone(person.phone);
  if ('fault' in phone) throw refuse('bad_phone');
  return { name, idNumber, phone: phone.answer };
}

/** Seals persons and shows them again. */
export class Persons {
  readonly #cipher: FieldCipher;

  constructor(cipher: FieldCipher) {
    this.#cipher = cipher;
  }

  seal({ accountId, openid }: Citizen, person: Person): PersonRecord {
    return {
      personKey: this.#cipher.hash(person.idNumber, { accountId, field: idNumberField }),
      sealed: this.#cipher.seal(JSON.stringify(person), { accountId, openid, field: personField }),
    };
  }

  /** Null before the form, and where the key is lost. */
  open({ accountId, openid, sealed }: Appointment): Person | null {
    const opened =
      sealed === undefined ? null : this.#cipher.open(sealed, { accountId, openid, field: personField });
    return opened === null ? null : personSchema.parse(JSON.parse(opened));
  }

  openMasked(appointment: Appointment): Person | null {
    const person = this.open(appointment);
    return (
      person && {
        name: maskWords(person.name),
        idNumber: maskIdNumber(person.idNumber),
        phone: maskPhone(person.phone),
      }
    );
  }
}
