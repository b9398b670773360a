import type { OfferView } from '../../../../api-types/appointments.js';
import type { Action } from '../../../shared/create-use-action.js';
import { moveItem } from '../../draft/move-item.js';
import { useAccount } from '../../session/use-account.js';
import { confirm } from '../../shared/confirm.js';
import { toast } from '../../shared/toast.js';
import { useAction } from '../../shared/use-action.js';
import {
  arrangeServices,
  arrangeVenues,
  putService,
  removeSchedule,
  removeService,
  removeVenue,
} from '../appointment-calls.js';
import type { OfferNamer } from '../use-offer.js';
import { askBeforeClosing } from './close-booked.js';

type ServiceItem = OfferView['services'][number];
type VenueItem = OfferView['venues'][number];
type ScheduleItem = OfferView['schedules'][number];

/** What the lists of the offer do with a row, without opening it. */
export interface OfferDeeds {
  pause: Action<[ServiceItem]>;
  removeService: Action<[ServiceItem]>;
  removeVenue: Action<[VenueItem]>;
  removeSchedule: Action<[ScheduleItem]>;
  /** One up or one down, in the order in which citizens see them. */
  moveService: Action<[services: readonly ServiceItem[], index: number, step: 1 | -1]>;
  moveVenue: Action<[venues: readonly VenueItem[], index: number, step: 1 | -1]>;
}

export function useOfferDeeds(names: () => OfferNamer, reload: () => Promise<void>): OfferDeeds {
  const { accountId } = useAccount();
  const account = () => ({ accountId: accountId.value });

  /** Also after a refusal: somebody else may have changed what is listed. */
  const deed = <Input extends unknown[]>(act: (...input: Input) => Promise<unknown>) =>
    useAction(async (...input: Input) => {
      try {
        await act(...input);
      } finally {
        await reload();
      }
    });

  async function remove(
    what: string,
    act: (query: { baseVersion: number; closesBooked: 'true' | 'false' }) => Promise<unknown>,
    baseVersion: number,
  ): Promise<void> {
    const isWanted = await confirm({
      title: `删除${what}`,
      text: '删除后市民看不到它，不能恢复。',
      confirm: '删除',
      dangerous: true,
    });
    if (!isWanted) return;
    const isDone = await askBeforeClosing((closesBooked) =>
      act({ baseVersion, closesBooked: closesBooked ? 'true' : 'false' }),
    );
    if (isDone) toast.done('已删除');
  }

  return {
    pause: deed(async ({ value, version }: ServiceItem) => {
      const isWanted = await confirm(
        value.isPaused
          ? {
              title: `恢复“${value.name}”的预约`,
              text: '恢复后市民马上可以约。',
              confirm: '恢复预约',
            }
          : {
              title: `暂停“${value.name}”的预约`,
              text: '暂停后市民看不到它，不能新约；已经约好的不变。',
              confirm: '暂停预约',
            },
      );
      if (!isWanted) return;
      await putService({
        params: account(),
        body: { value: { ...value, isPaused: !value.isPaused }, baseVersion: version },
      });
      toast.done(value.isPaused ? '已恢复预约' : '已暂停预约');
    }),
    removeService: deed(({ value, version }: ServiceItem) =>
      remove(
        `预约事项“${value.name}”`,
        (query) => removeService({ params: { ...account(), id: value.id }, query }),
        version,
      ),
    ),
    removeVenue: deed(({ value, version }: VenueItem) =>
      remove(
        `办事大厅“${value.name}”`,
        (query) => removeVenue({ params: { ...account(), id: value.id }, query }),
        version,
      ),
    ),
    removeSchedule: deed(({ value: { service, venue }, version }: ScheduleItem) =>
      remove(
        `放号安排“${names().service(service)} · ${names().venue(venue)}”`,
        (query) => removeSchedule({ params: { ...account(), service, venue }, query }),
        version,
      ),
    ),
    moveService: deed((services: readonly ServiceItem[], index: number, step: 1 | -1) =>
      arrangeServices({
        params: account(),
        body: { ids: moveItem(services, index, step).map(({ value }) => value.id) },
      }),
    ),
    moveVenue: deed((venues: readonly VenueItem[], index: number, step: 1 | -1) =>
      arrangeVenues({
        params: account(),
        body: { ids: moveItem(venues, index, step).map(({ value }) => value.id) },
      }),
    ),
  };
}
