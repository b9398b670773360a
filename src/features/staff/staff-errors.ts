import { UserError } from '../../core/errors.js';
import { staffTexts } from './staff-texts.js';

/** The same for an unknown name, a wrong password, a wrong code and a suspended person. */
export function signInFailed(): UserError {
  return new UserError('sign_in_failed', staffTexts.signInFailed, { status: 401 });
}

/** The password is right, the second factor is missing. */
export function codeRequired(): UserError {
  return new UserError('code_required', staffTexts.codeRequired, { status: 401 });
}

export function wrongPassword(): UserError {
  return new UserError('wrong_password', staffTexts.wrongPassword, { status: 400 });
}

export function wrongCode(): UserError {
  return new UserError('wrong_code', staffTexts.wrongCode, { status: 400 });
}

export function weakPassword(why: string): UserError {
  return new UserError('weak_password', why, {
    details: { fields: [{ path: 'body.next', code: 'weak_password', message: why }] },
  });
}

export function totpAlreadyOn(): UserError {
  return new UserError('totp_already_on', staffTexts.totpAlreadyOn, { status: 409 });
}

export function totpNotEnrolled(): UserError {
  return new UserError('totp_not_enrolled', staffTexts.totpNotEnrolled, { status: 409 });
}

export function usernameTaken(): UserError {
  return new UserError('username_taken', staffTexts.usernameTaken, { status: 409 });
}

export function unknownAccount(accountId: string): UserError {
  return new UserError('unknown_account', staffTexts.unknownAccount(accountId), { details: { accountId } });
}

export function requestPending(): UserError {
  return new UserError('request_pending', staffTexts.requestPending, { status: 409 });
}

export function requestDecided(): UserError {
  return new UserError('request_decided', staffTexts.requestDecided, { status: 409 });
}

export function requestExpired(): UserError {
  return new UserError('request_expired', staffTexts.requestExpired, { status: 409 });
}

/** Somebody else must approve, and there is nobody else. */
export function noSecondAdministrator(): UserError {
  return new UserError('no_second_administrator', staffTexts.noSecondAdministrator, { status: 409 });
}

/** What was asked for has been done already, or the person is gone: there is nothing left to decide. */
export function nothingToChange(): UserError {
  return new UserError('nothing_to_change', staffTexts.nothingToChange, { status: 409 });
}

/** A demo sign-in is for everybody: nobody may lock the others out. */
export function demoMember(): UserError {
  return new UserError('demo_member', staffTexts.demoMember, { status: 409 });
}

/** For the command line: from two administrators on, they decide together. */
export function administratorsExist(): UserError {
  return new UserError('administrators_exist', staffTexts.administratorsExist, { status: 409 });
}

export function unknownUsername(username: string): UserError {
  return new UserError('unknown_username', staffTexts.unknownUsername(username), { status: 404 });
}
