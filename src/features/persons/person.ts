import { z } from 'zod';
import { UserError } from '../../core/errors.js';
import { findIdNumberFault } from '../../core/id-number.js';
import { maskIdNumber, maskPhone, maskWords } from '../../core/mask-personal.js';
import { given } from '../../dialog/forms/submission.js';
import { understandPhone } from '../../dialog/forms/steps/phone-step.js';

/** Who comes: to an appointment, to an activity. Never stored readable. */
export interface Person {
  name: string;
  /** 18 characters, upper case. */
  idNumber: string;
  /** Digits. */
  phone: string;
}

export const personSchema: z.ZodType<Person> = z.object({
  name: z.string(),
  idNumber: z.string(),
  phone: z.string(),
});

/** Who was filled into a form of the chat. @throws Error where it did not ask for them: a fault of the program. */
export function personIn({
  name,
  idNumber,
  phone,
}: {
  [Field in keyof Person]?: string | undefined;
}): Person {
  return {
    name: given(name, 'name'),
    idNumber: given(idNumber, 'idNumber'),
    phone: given(phone, 'phone'),
  };
}

const longestName = 30;

/**
 * The person as it is kept, however it was typed.
 *
 * @param now milliseconds since the epoch, UTC.
 * @throws UserError `bad_name` · `bad_id_number` · `bad_phone`
 */
export function readPerson(person: Person, now: number): Person {
  const name = person.name.trim();
  if (name === '' || name.length > longestName)
    throw new UserError('bad_name', `请填姓名，最多 ${longestName} 个字`);
  const idNumber = person.idNumber.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
  if (findIdNumberFault(idNumber, now) !== null)
    throw new UserError('bad_id_number', '身份证号码不对，请核对后再填');
  const phone = understandPhone(person.phone);
  if ('fault' in phone) throw new UserError('bad_phone', '电话号码不对，请填手机号，或带区号的座机号');
  return { name, idNumber, phone: phone.answer };
}

export function maskPerson({ name, idNumber, phone }: Person): Person {
  return { name: maskWords(name), idNumber: maskIdNumber(idNumber), phone: maskPhone(phone) };
}
