import { AppError } from '@logmaster/core/errors';
import { foldUsername } from '@logmaster/db/username';

/** Length decides (NIST SP 800-63B-4 § 3.1.1), so there are no rules about kinds of characters. */
export const MIN_PASSWORD = 12;
/** As many are hashed; more is refused rather than cut. */
export const MAX_PASSWORD = 256;

/** Which rule a password breaks; the UI has a sentence for each. */
export type PasswordFault = 'too-short' | 'too-long' | 'is-username' | 'repetitive' | 'unchanged';

function findFault(password: string, username: string): PasswordFault | undefined {
  const length = [...password.normalize('NFC')].length;
  if (length < MIN_PASSWORD) return 'too-short';
  if (length > MAX_PASSWORD) return 'too-long';
  const folded = foldUsername(password);
  const name = foldUsername(username);
  // The name, alone or repeated: `adminadminadmin`.
  if (folded.replaceAll(name, '').length < MIN_PASSWORD / 3) return 'is-username';
  if (new Set(folded).size < 5) return 'repetitive';
  return undefined;
}

/** PASSWORD_TOO_WEAK with `data.fault` when the password breaks a rule. `unchanged` is checked by the caller. */
export function requireStrongPassword(password: string, username: string): void {
  const fault = findFault(password, username);
  if (fault) throw weakPassword(fault);
}

export function weakPassword(fault: PasswordFault): AppError {
  return new AppError('PASSWORD_TOO_WEAK', { detail: fault, data: { fault, min: MIN_PASSWORD, max: MAX_PASSWORD } });
}
