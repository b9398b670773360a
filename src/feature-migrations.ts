import { backOfficeMigrations } from './back-office.js';
import { appointmentMigrations } from './features/appointments/appointments-feature.js';
import { citizenMigrations } from './features/citizens/citizens-feature.js';
import { conversationMigrations } from './features/conversations/conversations-feature.js';
import { dutyMigrations } from './features/duty/duty-feature.js';
import { insightsMigrations } from './features/insights/insights-feature.js';
import { messageMigrations } from './features/messages/messages-feature.js';
import { outreachMigrations } from './outreach.js';
import { participationMigrations } from './participation.js';
import type { Migration } from './storage/migrations.js';
import { timedWorkMigrations } from './timed-work.js';

/** What brings a database up to date, after the content's own; in their order. */
export const featureMigrations: readonly Migration[] = [
  ...citizenMigrations,
  ...conversationMigrations,
  ...messageMigrations,
  ...dutyMigrations,
  ...insightsMigrations,
  ...appointmentMigrations,
  ...outreachMigrations,
  ...participationMigrations,
  ...timedWorkMigrations,
  ...backOfficeMigrations,
];
