import { findIdNumberFault } from '../../../core/id-number.js';
import { formPhrases } from '../form-phrases.js';
import type { Understood } from '../understand-answer.js';

/** An ID number; blanks, full width and a lower-case x are accepted. `now` in milliseconds since the epoch, UTC. */
export function understandIdNumber(raw: string, now: number): Understood {
  const idNumber = raw.normalize('NFKC').replace(BETWEEN, '').toUpperCase();
  switch (findIdNumberFault(idNumber, now)) {
    case null:
      return { answer: idNumber };
    case 'form':
      return { fault: formPhrases.idNumberForm };
    case 'region':
      return { fault: formPhrases.idNumberRegion };
    case 'birth':
      return { fault: formPhrases.idNumberBirth };
    case 'check':
      break;
  }
  return { fault: formPhrases.idNumberCheck };
}

const BETWEEN = /[\s\p{Pd}\p{Cf}]/gu;
