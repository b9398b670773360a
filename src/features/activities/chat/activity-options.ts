import type { LiveOption } from '../../../dialog/forms/form-model.js';
import { given, type Listed } from '../../../dialog/forms/submission.js';
import { timeOf, type Activity, type ActivityGroup } from '../activity.js';
import type { ActivityCounts, ActivityReader } from '../activity-reader.js';
import { openingOfGroup, placesLeft } from '../opening.js';
import type { RegistrationDesk, RegistrationView } from '../registration-desk.js';
import { writeGroupChoice, writeRefundChoice, type Wish } from './activity-wish.js';
import { chatPhrases, type NamedRegistration } from './chat-phrases.js';
import type { RegistrationNames } from './registration-names.js';

/** What a citizen can choose from in the chat, as it is now. */
export class ActivityOptions {
  readonly #desk: Pick<RegistrationDesk, 'listOf'>;
  readonly #activities: ActivityReader;
  readonly #names: RegistrationNames;

  constructor(desk: Pick<RegistrationDesk, 'listOf'>, activities: ActivityReader, names: RegistrationNames) {
    this.#desk = desk;
    this.#activities = activities;
    this.#names = names;
  }

  async open({ citizen, at }: Wish): Promise<Listed> {
    const listed = await this.#activities.listPublic(citizen.accountId);
    const options = listed
      .filter(({ state, closesAt, endsAt }) => state === 'published' && at < +closesAt && at < +endsAt)
      .toSorted((one, other) => Number(at < +one.opensAt) - Number(at < +other.opensAt))
      .map((activity) => activityOption(activity, at));
    return { options, sentence: chatPhrases.noActivities };
  }

  async groups({ citizen, values, at }: Wish): Promise<Listed> {
    const { accountId } = citizen;
    const activityId = given(values.activity, 'activity');
    const [activity, counts] = await Promise.all([
      this.#activities.find(accountId, activityId),
      this.#activities.count(accountId, activityId),
    ]);
    const isPublic = activity?.state === 'published';
    const options = isPublic ? activity.groups.map((group) => groupOption(activity, group, counts, at)) : [];
    return { options, sentence: chatPhrases.noGroups };
  }

  cancellable(wish: Wish): Promise<Listed> {
    return this.#own(
      wish,
      ({ isCancellable }) => isCancellable,
      chatPhrases.noneToCancel,
      (named) => ({
        value: writeRefundChoice(named.view),
        label: chatPhrases.toCancel(named),
      }),
    );
  }

  offers(wish: Wish): Promise<Listed> {
    return this.#own(wish, isOffered, chatPhrases.noneOffered, (named) => ({
      value: named.view.registrationId,
      label: chatPhrases.title(named),
    }));
  }

  /** The same, for whoever answers another feature's question; leads to the form that takes the place. */
  offersElsewhere(wish: Wish, opens: string): Promise<Listed> {
    return this.#own(wish, isOffered, chatPhrases.noneOffered, (named) => ({
      value: named.view.registrationId,
      label: chatPhrases.offered(named),
      opens,
    }));
  }

  async #own(
    { citizen }: Wish,
    isMeant: (view: RegistrationView) => boolean,
    sentence: string,
    show: (named: NamedRegistration) => Omit<LiveOption, 'words'>,
  ): Promise<Listed> {
    const views = (await this.#desk.listOf(citizen)).filter(isMeant);
    const named = await this.#names.ofAll(citizen, views);
    return { options: named.map((one) => ({ ...show(one), words: [] })), sentence };
  }
}

function isOffered({ state }: RegistrationView): boolean {
  return state === 'offered';
}

function activityOption(activity: Activity, now: number): LiveOption {
  const { activityId, title, opensAt } = activity;
  const option = { value: activityId, label: chatPhrases.activity(activity), words: wordsFor(title) };
  return now < opensAt.getTime() ? { ...option, disabled: chatPhrases.opensAt(opensAt) } : option;
}

/** Nobody writes a long title out. */
function wordsFor(title: string): string[] {
  return title.length > 30 ? [] : [title];
}

/** A full group is its waiting list, where there is one: choosing it is agreeing to wait. */
function groupOption(
  activity: Activity,
  group: ActivityGroup,
  counts: ActivityCounts,
  now: number,
): LiveOption {
  const opening = openingOfGroup(activity, group, counts, now);
  const option = {
    value: writeGroupChoice({ groupId: group.id, mayWait: opening === 'waiting' }),
    label: chatPhrases.group(activity, group),
    words: [group.name],
  };
  switch (opening) {
    case 'open':
      return { ...option, note: noteOf(activity, group, counts) };
    case 'waiting':
      return { ...option, note: chatPhrases.waitInstead };
    case 'full':
      return { ...option, disabled: chatPhrases.full };
    case 'not_yet':
    case 'closed':
    case 'cancelled':
    case 'over':
      return {
        ...option,
        disabled: now < timeOf(activity, group).startsAt.getTime() ? chatPhrases.closed : chatPhrases.begun,
      };
  }
}

function noteOf(activity: Activity, group: ActivityGroup, counts: ActivityCounts): string {
  if (activity.mode === 'lots') return chatPhrases.lots(group.quota);
  const left = placesLeft(activity, group, counts);
  return activity.needsApproval ? chatPhrases.leftAndApproved(left) : chatPhrases.left(left);
}
