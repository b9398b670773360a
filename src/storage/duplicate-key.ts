/** MongoDB's number for what a unique index refused. */
export const duplicateKeyCode = 11000;

/** A unique index refused the write. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === duplicateKeyCode;
}
