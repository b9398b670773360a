import type { z } from 'zod';
import type { FieldCipher } from '../../core/field-cipher.js';
import type { Person } from './person.js';

/** Where persons are kept, for the cipher: `appointments.person`, `appointments.idNumber`. */
export interface PersonFields {
  person: string;
  idNumber: string;
}

export interface SealedPerson {
  /** The keyed digest of the ID number: two WeChat accounts of one person are one person. */
  personKey: string;
  sealed: string;
}

/** Seals what is known of persons, and opens it again. */
export class PersonSeal<Known extends Person> {
  readonly #cipher: FieldCipher;
  readonly #fields: PersonFields;
  readonly #schema: z.ZodType<Known>;

  constructor(cipher: FieldCipher, fields: PersonFields, schema: z.ZodType<Known>) {
    this.#cipher = cipher;
    this.#fields = fields;
    this.#schema = schema;
  }

  keyOf(accountId: string, { idNumber }: Pick<Person, 'idNumber'>): string {
    return this.#cipher.hash(idNumber, { accountId, field: this.#fields.idNumber });
  }

  seal({ accountId, openid }: { accountId: string; openid: string }, known: Known): SealedPerson {
    const { person } = this.#fields;
    return {
      personKey: this.keyOf(accountId, known),
      sealed: this.#cipher.seal(JSON.stringify(known), { accountId, openid, field: person }),
    };
  }

  /** Null where the key is lost. */
  open({ accountId, openid, sealed }: { accountId: string; openid: string; sealed: string }): Known | null {
    const opened = this.#cipher.open(sealed, { accountId, openid, field: this.#fields.person });
    return opened === null ? null : this.#schema.parse(JSON.parse(opened));
  }
}
