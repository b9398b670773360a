import { BackgroundLoop } from '../../../core/background-loop.js';
import type { Clock } from '../../../core/clock.js';
import type { FieldCipher } from '../../../core/field-cipher.js';
import type { TimedJob } from '../../../core/scheduler.js';
import type { ReachRecorder } from '../../audience/audience-reader.js';
import type { ConversationPort } from '../../conversations/conversation-port.js';
import type { OpenWindowReader } from '../../conversations/open-window-reader.js';
import type { ChannelPlanner } from '../channel-planner.js';
import type { ConsentLedger } from '../consent-ledger.js';
import type { DeliveryStore } from '../delivery-store.js';
import type { MassCallStore } from '../mass-call-store.js';
import type { MassRowStore } from '../mass-row-store.js';
import { checkMassCalls } from '../mass/mass-call-check.js';
import { MassPlanner } from '../mass/mass-planner.js';
import { MassSender } from '../mass/mass-sender.js';
import type { NoticePlatform } from '../notice-platform-port.js';
import type { NoticeStore } from '../notice-store.js';
import type { RecipientReader } from '../recipient-reader.js';
import type { RefusalCountStore } from '../refusal-counts.js';
import { PlatformReports } from '../reports/platform-reports.js';
import type { EarlyReportStore, ReportedDeliveries } from '../reports/report-stores.js';
import { ReportingConversations } from '../reports/reporting-conversations.js';
import { ConsentDesk } from './consent-desk.js';
import { DeliveryLog } from './delivery-log.js';
import { DeliverySender } from './delivery-sender.js';
import { NoticeDispatcher, type DispatcherParts } from './dispatcher.js';
import { NoticeChannelPlanner } from './notice-channel-planner.js';
import type { NoticeEngineWatcher } from './notice-engine-watcher.js';
import { NoticeTally } from './notice-tally.js';
import { PictureUploads, type PictureReader } from './picture-uploads.js';
import { NoticePreparer } from './preparer.js';
import { SubscriptionKinds } from './subscription-kinds.js';

/** What the engine keeps; see `openNoticeEngineStores`. */
export interface NoticeEngineStores {
  deliveries: DeliveryStore;
  massRows: MassRowStore;
  massCalls: MassCallStore;
  consents: ConsentLedger;
  refusals: RefusalCountStore;
  reported: ReportedDeliveries;
  early: EarlyReportStore;
}

export interface NoticeEngineParts {
  stores: NoticeEngineStores;
  notices: NoticeStore;
  starter: DispatcherParts['starter'];
  recipients: RecipientReader;
  pictures: PictureReader;
  reach: ReachRecorder;
  windows: OpenWindowReader;
  platform: NoticePlatform;
  cipher: FieldCipher;
  clock: Clock;
  newId: () => string;
  watcher: NoticeEngineWatcher;
  /** Rows of an account under way at the same time. */
  concurrency?: number;
  /** For tests, in milliseconds. */
  leaseMs?: number;
}

export interface NoticeEngine {
  planner: ChannelPlanner;
  deliveries: DeliveryStore;
  massCalls: Pick<MassCallStore, 'list'>;
  refusals: Pick<RefusalCountStore, 'list'>;
  workers: {
    start(): void;
    /** Finishes what is under way. */
    stop(): Promise<void>;
    /** Something may be to be prepared, sent, paused or called off: at once, and not at the next round. */
    nudge(): void;
  };
  /** Puts itself between the platform's door and the conversations. */
  takeReports(conversations: ConversationPort): ConversationPort;
  jobs: readonly TimedJob[];
}

/**
 * For how long what a worker has taken up is its own: longer than a call and its record take. Afterwards it counts as
 * dead.
 */
const workerLeaseMs = 60_000;
/** A notice that another node has submitted is taken up within that time. */
const prepareMs = 1_000;

/** Prepares, sends and settles notices, and takes the platform's reports. */
export function createNoticeEngine(parts: NoticeEngineParts): NoticeEngine {
  const { stores, platform, clock, watcher, leaseMs = workerLeaseMs } = parts;
  const { deliveries, massCalls, massRows, consents, refusals } = stores;
  const subscriptions = new SubscriptionKinds(platform);
  const planner = new NoticeChannelPlanner({ ...parts, consents, subscriptions, massCalls });
  const tally = new NoticeTally({ ...parts, refusals });
  const sender = new DeliverySender({
    platform,
    subscriptions,
    tally,
    watcher,
    clock,
    leaseMs,
    log: new DeliveryLog(deliveries),
    consents: new ConsentDesk(consents),
  });
  const mass = new MassSender({
    platform,
    tally,
    watcher,
    clock,
    leaseMs,
    planner: new MassPlanner({ rows: massRows, calls: massCalls, clock }),
    calls: massCalls,
    rows: massRows,
    newId: parts.newId,
  });
  const pictures = new PictureUploads(parts.pictures, platform);
  const dispatcher = new NoticeDispatcher({ ...parts, deliveries, sender, mass, pictures, tally, leaseMs });
  const preparer = new NoticePreparer({ ...parts, deliveries, planner });
  const preparing = new BackgroundLoop({
    work: (signal) => preparer.prepareAll(signal),
    pauseMs: prepareMs,
    onFailure: (error) => watcher.failed('preparation', error),
  });
  const reports = new PlatformReports({
    deliveries: stores.reported,
    massCalls,
    consents,
    early: stores.early,
    tally,
    clock,
    onFailure: (error) => watcher.failed('reports', error),
  });
  return {
    planner,
    deliveries,
    massCalls,
    refusals,
    workers: {
      start() {
        preparing.start();
        dispatcher.start();
        reports.start();
      },
      async stop() {
        await Promise.all([preparing.stop(), dispatcher.stop(), reports.stop()]);
        await tally.flush().catch((error: unknown) => watcher.failed('tally', error));
      },
      nudge() {
        preparing.nudge();
        dispatcher.nudge();
      },
    },
    takeReports: (conversations) =>
      new ReportingConversations(conversations, reports, (error) => watcher.failed('reports', error)),
    jobs: [
      {
        name: 'masscalls.check',
        title: '核对群发结果',
        purpose: '群发一小时后还没有收到微信的结果通知时，主动查询；并清理过月的群发名单',
        when: { cron: '*/15 * * * *' },
        work: (signal) => checkMassCalls({ calls: massCalls, platform, clock }, signal),
      },
    ],
  };
}
