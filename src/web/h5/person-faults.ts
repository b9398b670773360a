import type { PersonInput } from '../../api-types/citizen-appointments.js';
import type { ApiError } from '../shared/api-error.js';

/** The server's refusals that are about one field; they are shown beside it. */
const fieldOf: Readonly<Record<string, keyof PersonInput>> = {
  bad_name: 'name',
  bad_id_number: 'idNumber',
  bad_phone: 'phone',
};

/** What is wrong with the fields of a person, by field. */
export function personFaults(refusal: ApiError | undefined): Readonly<Record<string, string>> {
  if (!refusal) return {};
  const field = fieldOf[refusal.code];
  if (field) return { [field]: refusal.message };
  const faults = Object.entries(refusal.fieldFaults);
  return Object.fromEntries(faults.map(([path, message]) => [path.replace('body.person.', ''), message]));
}

export function isPersonFault({ code }: ApiError): boolean {
  return code in fieldOf;
}

export function isPersonMissing({ name, idNumber, phone }: PersonInput): boolean {
  return [name, idNumber, phone].some((value) => value.trim() === '');
}
