import type { PlatformMenu } from './platform-menu.js';

/** The bottom menu of an account as the platform shows it. */
export interface ButtonMenuPort {
  /** @throws UserError `menu_invalid`; OperationalError when the platform refuses or cannot be reached. */
  publish(accountId: string, menu: PlatformMenu): Promise<void>;
  /** What the platform has; null: none. */
  read(accountId: string): Promise<unknown>;
}
