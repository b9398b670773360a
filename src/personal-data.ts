import type { Clock } from './core/clock.js';
import type { FieldCipher } from './core/field-cipher.js';
import {
  ownRegistrations,
  registrationRetention,
} from './features/activities/registration-personal-data-feature.js';
import {
  appointmentRetention,
  ownAppointments,
} from './features/appointments/appointment-personal-data-feature.js';
import { citizenRetention, ownCitizen } from './features/citizens/citizen-personal-data-feature.js';
import type { OwnDataPart } from './features/compliance/own-data-part.js';
import type { RetentionKind } from './features/compliance/retention-kind.js';
import {
  conversationRetention,
  ownChat,
} from './features/conversations/conversation-personal-data-feature.js';
import { dutyRetention, ownAlerts } from './features/duty/duty-personal-data-feature.js';
import { insightsRetention, ownFeedback } from './features/insights/insights-personal-data-feature.js';
import { messageRetention, ownMessages } from './features/messages/message-personal-data-feature.js';
import { noticeRetention } from './features/notices/notice-retention-feature.js';
import { orderRetention, ownOrders } from './features/orders/order-personal-data-feature.js';
import {
  owedNoticeRetention,
  ownNotices,
} from './features/owed-notices/owed-notice-personal-data-feature.js';
import { ownTickets, ticketRetention } from './features/tickets/ticket-personal-data-feature.js';
import type { MongoConnection } from './storage/mongo-connection.js';

/** Everything about persons that is kept for a time only. A feature that keeps more adds it here. */
export function listRetentionKinds(connection: MongoConnection): RetentionKind[] {
  return [
    ...appointmentRetention(connection),
    ...registrationRetention(connection),
    ...ticketRetention(connection),
    ...orderRetention(connection),
    ...owedNoticeRetention(connection),
    ...messageRetention(connection),
    ...conversationRetention(connection),
    ...insightsRetention(connection),
    ...dutyRetention(connection),
    ...citizenRetention(connection),
    ...noticeRetention(connection),
  ];
}

/** Everything that is held of a citizen, in the order in which it is erased: the chat records last. */
export function listOwnData(parts: {
  connection: MongoConnection;
  cipher: FieldCipher;
  clock: Clock;
}): OwnDataPart[] {
  const { connection } = parts;
  const chat = ownChat(parts);
  return [
    ownAppointments(parts),
    ownRegistrations(parts),
    ownTickets(connection),
    ownOrders(parts),
    ownNotices(connection),
    ownMessages(parts),
    ownAlerts(parts),
    ownCitizen(connection),
    ownFeedback(connection, chat.answered),
    chat.part,
  ];
}
