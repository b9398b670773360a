import type { CitizenAction } from '../../api-types/sandbox.js';
import { UserError } from '../../core/errors.js';
import type { CitizenState, SubscriptionTemplate } from '../account-state.js';
import { refusalTexts, sandboxTexts } from '../sandbox-texts.js';
import type { WorldAccount } from '../world.js';
import type { Deed } from './deed.js';

type PopupAnswers = Extract<CitizenAction, { action: 'subscribe' }>['answers'];

/** Where the popup came from: a web page. */
const webPage = 1;

/**
 * Notes the answers and tells them by one event. Each yes to a one-time template is one message more; a long-term
 * consent stands until it is withdrawn. A no takes nothing back.
 * @throws UserError `unknown_template`.
 */
export function answerPopup(account: WorldAccount, citizen: CitizenState, answers: PopupAnswers): Deed {
  const asked = answers.map(({ templateId, accept }) => ({ ...findTemplate(account, templateId), accept }));
  for (const { id, kind, accept } of asked) {
    if (!accept) continue;
    const left = kind === 'one_time' ? (citizen.consents[id] ?? 0) + 1 : 1;
    citizen.consents = { ...citizen.consents, [id]: left };
  }
  const accepted = answers.filter(({ accept }) => accept).length;
  const text = sandboxTexts.subscribed(accepted, answers.length - accepted);
  return {
    ...behindTheChat(text),
    fields: {
      MsgType: 'event',
      Event: 'subscribe_msg_popup_event',
      SubscribeMsgPopupEvent: {
        List: answers.map(({ templateId, accept }) => ({
          TemplateId: templateId,
          SubscribeStatusString: accept ? 'accept' : 'reject',
          PopupScene: webPage,
        })),
      },
    },
  };
}

/** Consents of the template that are not used are void. The platform tells of refusals only. */
export function withdrawConsent(account: WorldAccount, citizen: CitizenState, templateId: string): Deed {
  const { id, title } = findTemplate(account, templateId);
  citizen.consents = { ...citizen.consents, [id]: 0 };
  return {
    ...behindTheChat(sandboxTexts.withdrawn(title)),
    fields: {
      MsgType: 'event',
      Event: 'subscribe_msg_change_event',
      SubscribeMsgChangeEvent: { List: [{ TemplateId: id, SubscribeStatusString: 'reject' }] },
    },
  };
}

function behindTheChat(text: string) {
  return {
    content: { kind: 'action' as const, text },
    opens: null,
    tellsFailure: false,
    changes: true,
  };
}

function findTemplate({ state }: WorldAccount, id: string): SubscriptionTemplate {
  const found = state.subscriptionTemplates.find((one) => one.id === id);
  if (!found) throw new UserError('unknown_template', refusalTexts.unknownTemplate, { status: 404 });
  return found;
}
