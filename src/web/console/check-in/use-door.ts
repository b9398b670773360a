import { onUnmounted, shallowRef, type ShallowRef } from 'vue';
import { bucketCount, createTicketVerifier, type CheckInActivity } from '../../../api-types/tickets.js';
import { serverNow } from '../../shared/server-clock.js';
import { admit, leaveGate, takeTurn, upload } from './check-in-calls.js';
import { Door, type DoorApi, type DoorOutcome, type DoorState } from './door.js';
import { openGateDevice } from './gate-device.js';
import { GateShare } from './gate-share.js';
import { PendingAdmissions } from './pending-admissions.js';

export interface OpenDoor {
  readonly state: Readonly<ShallowRef<DoorState>>;
  /** Of all tickets, the share that this gate goes on with without network, in per cent. */
  readonly ownShare: Readonly<ShallowRef<number>>;
  show(text: string): Promise<DoorOutcome>;
}

/** Nobody waits longer at a door; after this it counts as no answer. */
const admissionMs = 4_000;
const workMs = 8_000;

/** A gate that is open for as long as the component is there. */
export async function openDoor(accountId: string, activity: CheckInActivity, gate: string) {
  const device = await openGateDevice(localStorage);
  const clock = { steady: () => performance.now(), wall: () => Date.now() };
  const share = new GateShare(clock, device.lastTurn);
  const pending = new PendingAdmissions(localStorage);
  const params = { accountId, activityId: activity.activityId };
  const api: DoorApi = {
    takeTurn: (body) => takeTurn({ params, body }, AbortSignal.timeout(workMs)),
    admit: (body) => admit({ params, body }, AbortSignal.timeout(admissionMs)),
    upload: (activityId, body) =>
      upload({ params: { accountId, activityId }, body }, AbortSignal.timeout(workMs)),
    createVerifier: ({ publicKey }) => createTicketVerifier(accountId, publicKey),
  };
  const state = shallowRef<DoorState>({ isOnline: true, pending: 0 });
  const ownShare = shallowRef(0);
  const door = new Door({
    accountId,
    activity,
    gate,
    device,
    share,
    pending,
    api,
    clock,
    now: serverNow,
    newId: () => crypto.randomUUID(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    onChange(next) {
      state.value = next;
      ownShare.value = Math.round((share.buckets.length / bucketCount) * 100);
    },
  });

  let isOpen = true;
  let endPause: () => void = () => undefined;
  const wake = () => endPause();
  async function run(): Promise<void> {
    while (isOpen) {
      const pauseMs = await door.work();
      await new Promise<void>((resolve) => {
        endPause = resolve;
        setTimeout(resolve, pauseMs);
      });
    }
  }
  /** What waits to be uploaded keeps its buckets until the page is opened again, or the lease is over. */
  function close(): void {
    if (!isOpen) return;
    isOpen = false;
    window.removeEventListener('online', wake);
    window.removeEventListener('pagehide', close);
    wake();
    const turn = share.close();
    device.keepTurn(turn);
    if (pending.list(accountId).length === 0) leaveGate(params, { device: device.id, turn });
    device.release();
  }
  window.addEventListener('online', wake);
  window.addEventListener('pagehide', close);
  void run();

  return {
    state,
    ownShare,
    async show(text: string): Promise<DoorOutcome> {
      const outcome = await door.show(text);
      if (outcome.kind === 'in') wake();
      return outcome;
    },
    close,
  };
}

/** The door of the component that calls; closed with it. */
export function useDoor(
  accountId: string,
  activity: CheckInActivity,
  gate: string,
): Readonly<ShallowRef<OpenDoor | undefined>> {
  const door = shallowRef<OpenDoor>();
  let isGone = false;
  let close: () => void = () => undefined;
  openDoor(accountId, activity, gate).then((opened) => {
    if (isGone) return opened.close();
    close = opened.close;
    door.value = opened;
  }, window.reportError);
  // A page that comes back from the browser's memory would go on with a gate that is closed.
  const comeBack = ({ persisted }: PageTransitionEvent) => {
    if (persisted) window.location.reload();
  };
  window.addEventListener('pageshow', comeBack);
  onUnmounted(() => {
    isGone = true;
    window.removeEventListener('pageshow', comeBack);
    close();
  });
  return door;
}
