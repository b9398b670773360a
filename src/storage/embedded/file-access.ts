import { access, constants } from 'node:fs/promises';

export const isExecutable = (path: string) => isAllowed(path, constants.X_OK);
export const isWritable = (path: string) => isAllowed(path, constants.W_OK);

async function isAllowed(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
