import { UserError } from '../../../core/errors.js';
import { listTexts } from './list-texts.js';

export function listUnreadable(cause?: unknown): UserError {
  return new UserError('list_unreadable', listTexts.unreadable, { status: 422, cause });
}

export function listEmpty(): UserError {
  return new UserError('list_empty', listTexts.noRows, { status: 422 });
}

export function listTooLong(): UserError {
  return new UserError('list_too_long', listTexts.tooManyRows, { status: 422 });
}

export function listTooLarge(): UserError {
  return new UserError('list_too_large', listTexts.fileTooLarge, { status: 413 });
}

export function listNotConfirmable(message: string): UserError {
  return new UserError('list_not_confirmable', message, { status: 422 });
}

export function listConfirmedAlready(): UserError {
  return new UserError('list_confirmed_already', listTexts.confirmedAlready, { status: 409 });
}
