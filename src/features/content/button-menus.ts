import { z } from 'zod';
import type { Actor } from '../../core/actor.js';
import { canonicalJson } from '../../core/canonical-json.js';
import { UserError } from '../../core/errors.js';
import type { TransactionRunner } from '../../core/transaction-runner.js';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { ButtonMenuPort } from './button-menu-port.js';
import { loadContent, type FrozenContentStore } from './frozen-content-store.js';
import { toPlatformMenu, type PlatformMenu } from './platform-menu.js';
import type { ReleaseStore } from './release-store.js';

export interface ButtonMenusParts {
  transactions: TransactionRunner;
  releases: Pick<ReleaseStore, 'findLive'>;
  contents: FrozenContentStore;
  platform: ButtonMenuPort;
  audit: Pick<AuditTrail, 'append'>;
}

export interface ButtonMenuState {
  /** What the live release says; null: it has no buttons. */
  wanted: PlatformMenu | null;
  /** What the platform has, without the fields that it adds; null: none. */
  shown: unknown;
  isSame: boolean;
}

/** What the platform adds to a menu and was never sent: empty lists of buttons, empty texts. */
const isAdded = (value: unknown) => value === '' || (Array.isArray(value) && value.length === 0);

/** The bottom menu on the platform. It is part of a release, and goes up when a leader says so. */
export class ButtonMenus {
  readonly #parts: ButtonMenusParts;

  constructor(parts: ButtonMenusParts) {
    this.#parts = parts;
  }

  async compare(accountId: string): Promise<ButtonMenuState> {
    const wanted = await this.#findWanted(accountId);
    const shown = strip(await this.#parts.platform.read(accountId));
    return { wanted, shown, isSame: canonicalJson(wanted) === canonicalJson(shown ?? null) };
  }

  /**
   * Puts up the menu of the live release and reads it back. Phones show it within five minutes (WeChat: "Create
   * custom menu").
   *
   * @throws UserError `no_buttons`; `menu_differs` when the platform shows something else than was sent.
   */
  async publish(accountId: string, actor: Actor): Promise<ButtonMenuState> {
    const { platform, transactions, audit } = this.#parts;
    const wanted = await this.#findWanted(accountId);
    if (!wanted) throw new UserError('no_buttons', '正在使用的版本里没有底部菜单', { status: 409 });
    await platform.publish(accountId, wanted);
    const object = { kind: 'button-menu', id: accountId };
    const changes = [{ path: 'button', after: wanted.button }];
    await transactions.run((tx) =>
      audit.append(tx, { ...actor, accountId, action: 'menu.publish', object, changes }),
    );
    const state = await this.compare(accountId);
    if (state.isSame) return state;
    throw new UserError('menu_differs', '已经发送，但平台上的菜单和发送的不同', {
      status: 502,
      details: { wanted: state.wanted, shown: state.shown },
    });
  }

  async #findWanted(accountId: string): Promise<PlatformMenu | null> {
    const { releases, contents } = this.#parts;
    const live = await releases.findLive(accountId);
    const buttons = live ? (await loadContent(contents, accountId, live.hash)).buttons : [];
    return buttons.length > 0 ? toPlatformMenu(buttons) : null;
  }
}

const recordSchema = z.record(z.string(), z.unknown());

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  const record = recordSchema.safeParse(value);
  if (!record.success) return value ?? null;
  const kept = Object.entries(record.data).filter(([, part]) => !isAdded(part));
  return Object.fromEntries(kept.map(([key, part]) => [key, strip(part)]));
}
