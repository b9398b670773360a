import type { AccountView, CitizenView, MenuButtonView } from '../api-types/sandbox.js';
import type { CitizenState, PlatformButton } from './account-state.js';
import type { WorldAccount } from './world.js';

/** What the phone page may know of an account: nothing secret. */
export function viewAccount(account: WorldAccount, now: number): AccountView {
  const offered = new Map(account.offeredScenes.map(({ scene, title }) => [scene, title]));
  for (const { scene, expiresAt } of account.state.qrCodes) {
    if (!offered.has(scene) && (expiresAt ?? Infinity) > now) offered.set(scene, scene);
  }
  return {
    accountId: account.account.accountId,
    name: account.name,
    messageMode: account.account.messageMode,
    menu: (account.state.menu ?? []).map(viewButton),
    scenes: [...offered].map(([scene, title]) => ({ scene, title })),
    citizens: account.atHand.list().map(viewCitizen),
    citizenCount: account.citizens.size,
    subscriptionTemplates: account.state.subscriptionTemplates.map(({ id, title, kind }) => ({
      id,
      title,
      kind,
    })),
    misbehaviour: account.misbehaviour,
  };
}

export function viewCitizen(citizen: CitizenState): CitizenView {
  const { openid, nickname, following, refusesMessages, consents } = citizen;
  return { openid, nickname, following, refusesMessages, consents };
}

function viewButton(button: PlatformButton & { sub_button?: PlatformButton[] | undefined }): MenuButtonView {
  const view = ({ name, type, url }: PlatformButton) => ({ name, type: type ?? '', url: url ?? null });
  return { ...view(button), children: (button.sub_button ?? []).map(view) };
}
