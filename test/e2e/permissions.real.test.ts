import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { startApp, type App } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { systemClock } from '../../src/core/clock.js';
import { staffRoles, type StaffRole } from '../../src/core/permissions.js';
import { silentLogger } from '../../src/observability/logger.js';
import { findFreePort } from '../../src/storage/embedded/port.js';
import { signIn, type Client } from '../support/open-back-office.js';
import { buildMember } from '../support/staff-builders.js';
import { temporaryFolder } from '../support/temp-folder.js';
import { testDatabaseUri } from '../support/test-database.js';

/** Who sees content, and who reviews it at some stage. */
const readers: readonly StaffRole[] = ['editor', 'sectionHead', 'leader', 'administrator', 'auditor'];
const reviewers: readonly StaffRole[] = ['editor', 'sectionHead', 'leader'];
/** Who sees what citizens ask and think, without names and numbers. */
const observers: readonly StaffRole[] = [...readers, 'deskOfficer'];
/** Who looks after emergencies, and who reads what citizens left. */
const desk: readonly StaffRole[] = ['deskOfficer', 'leader', 'administrator'];
/** Who sees appointments, who arranges what can be booked, and who serves those who come. */
const appointmentReaders: readonly StaffRole[] = ['deskOfficer', 'leader', 'administrator', 'auditor'];
const arrangers: readonly StaffRole[] = ['leader', 'administrator'];
const counter: readonly StaffRole[] = ['deskOfficer', 'leader'];
/** Who sees how many followers there are, with which tags, and who changes that. */
const audienceReaders: readonly StaffRole[] = [...readers, 'noticeSender'];
const audienceManagers: readonly StaffRole[] = ['noticeSender', 'administrator'];
/** Who sees notices, and who steers one that is under way. */
const noticeReaders: readonly StaffRole[] = [...readers, 'noticeSender'];
const noticeControllers: readonly StaffRole[] = ['noticeSender', 'leader'];
/** Who sees what citizens paid, and who sees the daily bills. */
const orderReaders: readonly StaffRole[] = ['deskOfficer', 'leader', 'administrator', 'auditor'];
const billReaders: readonly StaffRole[] = ['leader', 'administrator', 'auditor'];
const messageReaders: readonly StaffRole[] = ['editor', 'sectionHead', ...desk];

/**
 * Who may use each route: `anybody`, `staff` (everybody who is signed in), or the roles that may.
 * A route of the OpenAPI document that is missing here fails the test: a new feature adds its rows.
 */
const expected: Record<string, 'anybody' | 'staff' | readonly StaffRole[]> = {
  'POST /api/v1/session': 'anybody',
  'GET /api/v1/demo-sign-ins': 'anybody',

  'GET /api/v1/session': 'staff',
  'DELETE /api/v1/session': 'staff',
  'PUT /api/v1/password': 'staff',
  'POST /api/v1/totp': 'staff',
  'PUT /api/v1/totp': 'staff',
  'POST /api/v1/totp/removal': 'staff',
  'GET /api/v1/sessions': 'staff',
  'DELETE /api/v1/sessions/{sessionId}': 'staff',
  'GET /api/v1/accounts': 'staff',

  'GET /api/v1/staff': ['administrator', 'auditor'],
  'DELETE /api/v1/staff/{staffId}/sessions': ['administrator'],
  'GET /api/v1/staff-requests': ['administrator'],
  'POST /api/v1/staff-requests': ['administrator'],
  'POST /api/v1/staff-requests/{requestId}/decision': ['administrator'],

  'GET /api/v1/accounts/{accountId}/audit-events': ['auditor'],
  'GET /api/v1/accounts/{accountId}/audit-events/export': ['auditor'],
  'GET /api/v1/accounts/{accountId}/audit-events/verification': ['auditor'],

  'GET /api/v1/accounts/{accountId}/draft': readers,
  'GET /api/v1/accounts/{accountId}/draft/items': readers,
  'GET /api/v1/accounts/{accountId}/draft/items/{kind}/{id}': readers,
  'PUT /api/v1/accounts/{accountId}/draft/items/{kind}/{id}': ['editor'],
  'DELETE /api/v1/accounts/{accountId}/draft/items/{kind}/{id}': ['editor'],
  'GET /api/v1/accounts/{accountId}/draft/nodes': readers,
  'POST /api/v1/accounts/{accountId}/draft/nodes/{id}/move': ['editor'],
  'GET /api/v1/accounts/{accountId}/draft/findings': readers,
  'GET /api/v1/accounts/{accountId}/draft/diff': readers,
  'GET /api/v1/accounts/{accountId}/draft/files': readers,
  'POST /api/v1/accounts/{accountId}/draft/import': ['editor'],
  'POST /api/v1/accounts/{accountId}/draft/import/diff': ['editor'],
  'GET /api/v1/accounts/{accountId}/draft/nodes/search': readers,
  'GET /api/v1/accounts/{accountId}/draft/uses': readers,
  'GET /api/v1/accounts/{accountId}/draft/forms': readers,
  'GET /api/v1/accounts/{accountId}/draft/titles': readers,
  'GET /api/v1/accounts/{accountId}/draft/new-id': readers,
  'POST /api/v1/accounts/{accountId}/draft/try': readers,
  'POST /api/v1/accounts/{accountId}/draft/preview': readers,
  'GET /api/v1/accounts/{accountId}/draft/snapshots': readers,
  'POST /api/v1/accounts/{accountId}/draft/snapshots': ['editor'],
  'POST /api/v1/accounts/{accountId}/draft/snapshots/{id}/restore': ['editor'],
  'POST /api/v1/accounts/{accountId}/draft/phone': readers,
  'GET /api/v1/accounts/{accountId}/draft/hits': readers,
  'GET /api/v1/accounts/{accountId}/submissions': readers,
  'POST /api/v1/accounts/{accountId}/submissions': ['editor'],
  'GET /api/v1/accounts/{accountId}/submissions/{number}': readers,
  'GET /api/v1/accounts/{accountId}/submissions/{number}/diff': readers,
  'GET /api/v1/accounts/{accountId}/submissions/{number}/draft-diff': readers,
  'POST /api/v1/accounts/{accountId}/submissions/{number}/withdraw': ['editor'],
  'POST /api/v1/accounts/{accountId}/submissions/{number}/approve': reviewers,
  'POST /api/v1/accounts/{accountId}/submissions/{number}/reject': reviewers,
  'POST /api/v1/accounts/{accountId}/submissions/{number}/return': reviewers,
  'GET /api/v1/accounts/{accountId}/releases': readers,
  'GET /api/v1/accounts/{accountId}/releases/{number}': readers,
  'GET /api/v1/accounts/{accountId}/releases/{number}/diff': readers,
  'GET /api/v1/accounts/{accountId}/releases/{number}/files': readers,
  'GET /api/v1/accounts/{accountId}/releases/{number}/replies': readers,
  'POST /api/v1/accounts/{accountId}/releases/{number}/rollback': ['leader'],
  'POST /api/v1/accounts/{accountId}/replies/{id}/withdraw': ['leader'],
  'GET /api/v1/accounts/{accountId}/button-menu': readers,
  'POST /api/v1/accounts/{accountId}/button-menu/publish': ['leader'],

  'GET /api/v1/accounts/{accountId}/unanswered': observers,
  'GET /api/v1/accounts/{accountId}/unanswered/{id}': observers,
  'POST /api/v1/accounts/{accountId}/unanswered/{id}/attach': ['editor'],
  'POST /api/v1/accounts/{accountId}/unanswered/{id}/dismiss': ['editor'],
  'POST /api/v1/accounts/{accountId}/unanswered/{id}/reopen': ['editor'],
  'GET /api/v1/accounts/{accountId}/feedback': observers,
  'GET /api/v1/accounts/{accountId}/feedback/{reply}/samples': observers,
  'GET /api/v1/accounts/{accountId}/insights/nodes': observers,

  'GET /api/v1/jobs': ['administrator', 'auditor'],
  'POST /api/v1/jobs/{name}/run': ['administrator'],

  'GET /api/v1/accounts/{accountId}/duty-alerts': desk,
  'GET /api/v1/accounts/{accountId}/duty-alerts/count': desk,
  'POST /api/v1/accounts/{accountId}/duty-alerts/{id}/see': desk,
  'POST /api/v1/accounts/{accountId}/duty-alerts/{id}/close': desk,

  'GET /api/v1/accounts/{accountId}/orders': orderReaders,
  'GET /api/v1/accounts/{accountId}/orders/{orderId}': orderReaders,
  'POST /api/v1/accounts/{accountId}/orders/{orderId}/inquiry': counter,
  'POST /api/v1/accounts/{accountId}/orders/{orderId}/refunds': counter,
  'POST /api/v1/accounts/{accountId}/orders/{orderId}/refunds/{refundNo}/approval': arrangers,
  'POST /api/v1/accounts/{accountId}/orders/{orderId}/refunds/{refundNo}/refusal': arrangers,
  'GET /api/v1/accounts/{accountId}/refunds': orderReaders,
  'GET /api/v1/accounts/{accountId}/refunds/count': orderReaders,
  'GET /api/v1/accounts/{accountId}/bills': billReaders,
  'GET /api/v1/accounts/{accountId}/bills/{day}': billReaders,
  'POST /api/v1/accounts/{accountId}/bills/{day}/comparison': arrangers,
  'POST /api/v1/accounts/{accountId}/bills/{day}/dealings': arrangers,

  'GET /api/v1/accounts/{accountId}/messages': messageReaders,
  'POST /api/v1/accounts/{accountId}/messages/by-phone': messageReaders,
  'GET /api/v1/accounts/{accountId}/messages/{receipt}': messageReaders,
  'POST /api/v1/accounts/{accountId}/messages/{receipt}/handle': ['editor', 'leader', 'deskOfficer'],
  'POST /api/v1/accounts/{accountId}/messages/{receipt}/disclosure': ['leader', 'deskOfficer'],

  'GET /api/v1/accounts/{accountId}/undelivered-notices/appointments': counter,
  'POST /api/v1/accounts/{accountId}/undelivered-notices/appointments/{noticeId}/repeat': ['leader'],
  'GET /api/v1/accounts/{accountId}/undelivered-notices/activities': counter,
  'POST /api/v1/accounts/{accountId}/undelivered-notices/activities/{noticeId}/repeat': counter,

  'GET /api/v1/accounts/{accountId}/appointments/offer': appointmentReaders,
  'PUT /api/v1/accounts/{accountId}/appointments/services': arrangers,
  'DELETE /api/v1/accounts/{accountId}/appointments/services/{id}': arrangers,
  'PUT /api/v1/accounts/{accountId}/appointments/service-order': arrangers,
  'PUT /api/v1/accounts/{accountId}/appointments/venues': arrangers,
  'DELETE /api/v1/accounts/{accountId}/appointments/venues/{id}': arrangers,
  'PUT /api/v1/accounts/{accountId}/appointments/venue-order': arrangers,
  'PUT /api/v1/accounts/{accountId}/appointments/schedules': arrangers,
  'DELETE /api/v1/accounts/{accountId}/appointments/schedules/{service}/{venue}': arrangers,
  'GET /api/v1/accounts/{accountId}/appointments/calendar': appointmentReaders,
  'PUT /api/v1/accounts/{accountId}/appointments/calendar': arrangers,
  'GET /api/v1/accounts/{accountId}/appointments/closures': appointmentReaders,
  'POST /api/v1/accounts/{accountId}/appointments/closures': arrangers,
  'DELETE /api/v1/accounts/{accountId}/appointments/closures/{id}': arrangers,
  'GET /api/v1/accounts/{accountId}/appointments/days/{day}': appointmentReaders,
  'GET /api/v1/accounts/{accountId}/appointments/days/{day}/export': appointmentReaders,
  'POST /api/v1/accounts/{accountId}/appointments/check-ins': counter,
  'POST /api/v1/accounts/{accountId}/appointments/records/{appointmentId}/cancel': counter,
  'POST /api/v1/accounts/{accountId}/appointments/records/{appointmentId}/disclosure': counter,
  'POST /api/v1/accounts/{accountId}/appointments/overrides': ['leader'],
  'GET /api/v1/accounts/{accountId}/appointments/objections': appointmentReaders,
  'POST /api/v1/accounts/{accountId}/appointments/objections/{appointmentId}/decision': ['leader'],
  'GET /api/v1/accounts/{accountId}/appointments/figures': appointmentReaders,
  'GET /api/v1/accounts/{accountId}/appointments/figures/export': appointmentReaders,

  'GET /api/v1/accounts/{accountId}/activities': observers,
  'POST /api/v1/accounts/{accountId}/activities': ['editor'],
  'POST /api/v1/accounts/{accountId}/activities/check': observers,
  'GET /api/v1/accounts/{accountId}/activities/{activityId}': observers,
  'PUT /api/v1/accounts/{accountId}/activities/{activityId}': ['editor'],
  'DELETE /api/v1/accounts/{accountId}/activities/{activityId}': ['editor'],
  'POST /api/v1/accounts/{accountId}/activities/{activityId}/copy': ['editor'],
  'GET /api/v1/accounts/{accountId}/activities/{activityId}/counts': observers,
  'POST /api/v1/accounts/{accountId}/activities/{activityId}/publish': ['leader'],
  'PUT /api/v1/accounts/{accountId}/activities/{activityId}/published': ['leader'],
  'POST /api/v1/accounts/{accountId}/activities/{activityId}/published/forecast': ['leader'],
  'POST /api/v1/accounts/{accountId}/activities/{activityId}/cancellation': ['leader'],
  'GET /api/v1/accounts/{accountId}/activities/{activityId}/cancellation/forecast': ['leader'],
  'GET /api/v1/accounts/{accountId}/activities/{activityId}/draw': observers,
  'POST /api/v1/accounts/{accountId}/activities/{activityId}/draw': ['leader'],
  'GET /api/v1/accounts/{accountId}/activities/{activityId}/applicants': counter,
  'POST /api/v1/accounts/{accountId}/activities/{activityId}/applicants/approval': counter,
  'POST /api/v1/accounts/{accountId}/activities/{activityId}/applicants/rejection': counter,
  'POST /api/v1/accounts/{accountId}/activities/{activityId}/applicants/export': counter,
  'POST /api/v1/accounts/{accountId}/activities/{activityId}/applicants/{registrationId}/cancellation':
    counter,
  'POST /api/v1/accounts/{accountId}/activities/{activityId}/applicants/{registrationId}/disclosure': counter,

  'GET /api/v1/accounts/{accountId}/check-in/activities': counter,
  'POST /api/v1/accounts/{accountId}/check-in/activities/{activityId}/turns': counter,
  'POST /api/v1/accounts/{accountId}/check-in/activities/{activityId}/leaving': counter,
  'POST /api/v1/accounts/{accountId}/check-in/activities/{activityId}/admissions': counter,
  'POST /api/v1/accounts/{accountId}/check-in/activities/{activityId}/uploads': counter,
  'GET /api/v1/accounts/{accountId}/check-in/activities/{activityId}/disputed': counter,
  'POST /api/v1/accounts/{accountId}/check-in/admissions/{checkInId}/undo': counter,

  'GET /api/v1/accounts/{accountId}/audience/segments': audienceReaders,
  'POST /api/v1/accounts/{accountId}/audience/segments': audienceManagers,
  'PUT /api/v1/accounts/{accountId}/audience/segments/{id}': audienceManagers,
  'DELETE /api/v1/accounts/{accountId}/audience/segments/{id}': audienceManagers,
  'POST /api/v1/accounts/{accountId}/audience/size': audienceReaders,
  'POST /api/v1/accounts/{accountId}/audience/sample': audienceReaders,
  'GET /api/v1/accounts/{accountId}/audience/choices': audienceReaders,
  'GET /api/v1/accounts/{accountId}/audience/tags': audienceReaders,
  'POST /api/v1/accounts/{accountId}/audience/tags': audienceManagers,
  'PUT /api/v1/accounts/{accountId}/audience/tags/{tagId}': audienceManagers,
  'DELETE /api/v1/accounts/{accountId}/audience/tags/{tagId}': audienceManagers,
  'POST /api/v1/accounts/{accountId}/audience/tags/{tagId}/members': audienceManagers,
  'GET /api/v1/accounts/{accountId}/audience/taggings': audienceReaders,
  'POST /api/v1/accounts/{accountId}/audience/taggings': audienceManagers,
  'GET /api/v1/accounts/{accountId}/audience/synchronisation': audienceReaders,
  'POST /api/v1/accounts/{accountId}/audience/synchronisation': audienceManagers,
  'GET /api/v1/accounts/{accountId}/audience/settings': audienceReaders,
  'PUT /api/v1/accounts/{accountId}/audience/settings': audienceManagers,

  'GET /api/v1/accounts/{accountId}/notices': noticeReaders,
  'POST /api/v1/accounts/{accountId}/notices': ['noticeSender'],
  'POST /api/v1/accounts/{accountId}/notices/forecast': noticeReaders,
  'POST /api/v1/accounts/{accountId}/notices/test': ['noticeSender'],
  'GET /api/v1/accounts/{accountId}/notices/{id}': noticeReaders,
  'PUT /api/v1/accounts/{accountId}/notices/{id}': ['noticeSender'],
  'DELETE /api/v1/accounts/{accountId}/notices/{id}': ['noticeSender'],
  'POST /api/v1/accounts/{accountId}/notices/{id}/copy': ['noticeSender'],
  'POST /api/v1/accounts/{accountId}/notices/{id}/submit': ['noticeSender'],
  'POST /api/v1/accounts/{accountId}/notices/{id}/withdraw': ['noticeSender'],
  'POST /api/v1/accounts/{accountId}/notices/{id}/approve': reviewers,
  'POST /api/v1/accounts/{accountId}/notices/{id}/refuse': reviewers,
  'POST /api/v1/accounts/{accountId}/notices/{id}/pause': noticeControllers,
  'POST /api/v1/accounts/{accountId}/notices/{id}/resume': noticeControllers,
  'POST /api/v1/accounts/{accountId}/notices/{id}/cancel': noticeControllers,
  'POST /api/v1/accounts/{accountId}/notices/{id}/repeat-unknown': noticeControllers,
  'GET /api/v1/accounts/{accountId}/notices/{id}/progress': noticeReaders,
  'GET /api/v1/accounts/{accountId}/notices/{id}/report': noticeReaders,
  'GET /api/v1/accounts/{accountId}/notices/{id}/deliveries': noticeReaders,
  'GET /api/v1/accounts/{accountId}/notices/{id}/export.xlsx': noticeReaders,
  'GET /api/v1/accounts/{accountId}/notices/{id}/export.csv': noticeReaders,
  'POST /api/v1/accounts/{accountId}/notice-lists': ['noticeSender'],
  'GET /api/v1/accounts/{accountId}/notice-lists/{listId}': noticeReaders,
  'POST /api/v1/accounts/{accountId}/notice-lists/{listId}/confirm': ['noticeSender'],
  'POST /api/v1/accounts/{accountId}/notice-pictures': ['noticeSender'],
  'GET /api/v1/accounts/{accountId}/notice-pictures/{id}': noticeReaders,
  'GET /api/v1/accounts/{accountId}/notice-presets': noticeReaders,
  'POST /api/v1/accounts/{accountId}/notice-presets': arrangers,
  'PUT /api/v1/accounts/{accountId}/notice-presets/{id}': arrangers,
  'DELETE /api/v1/accounts/{accountId}/notice-presets/{id}': arrangers,
  'PUT /api/v1/accounts/{accountId}/notice-quiet-hours': arrangers,
  'GET /api/v1/accounts/{accountId}/notice-templates': noticeReaders,
  'GET /api/v1/accounts/{accountId}/notice-quotas': noticeReaders,
};

const signOut = 'DELETE /api/v1/session';
const account = 'pingan-meizhou';
const uri = testDatabaseUri('permissions');
let app: App;
let http: ReturnType<typeof request>;

beforeAll(async () => {
  const config = readConfig({
    PORT: String(await findFreePort()),
    DATA_DIR: await temporaryFolder('permissions'),
    LOG_LEVEL: 'silent',
  });
  app = await startApp({
    config,
    mongodbUri: uri,
    accounts: [
      {
        accountId: account,
        appId: 'wx0123456789abcdef',
        appSecret: 's'.repeat(32),
        token: 'token',
        messageMode: 'plain',
      },
    ],
    contentRoot: process.cwd(),
    logger: silentLogger,
    clock: systemClock,
  });
  http = request(`http://127.0.0.1:${app.port}`);
});

afterAll(() => app.stop());

describe('the staff API', () => {
  it('has exactly the routes of the table above', async () => {
    expect((await findRoutes()).sort()).toEqual(Object.keys(expected).sort());
  });

  it('lets a stranger use what is for anybody, and nothing else', async () => {
    for (const route of await findRoutes()) {
      const { status } = await probe(route, (method, path) => http[method](path));
      expect([route, status === '401' ? 'sign in first' : 'answered']).toEqual([
        route,
        // A sign-in without a body is refused as one.
        expected[route] === 'anybody' ? 'answered' : 'sign in first',
      ]);
    }
  });

  it.each(staffRoles)('lets the role %s use what the table says, and nothing else', async (role) => {
    let client = await enter(role);
    for (const route of await findRoutes()) {
      const { status } = await probe(route, (method, path) => ask(client, method, path));
      if (route === signOut) client = await enter(role);
      const holders = expected[route];
      const isAllowed = typeof holders === 'string' || holders?.includes(role);
      expect([route, status]).toEqual([
        route,
        isAllowed ? expect.not.stringMatching(/^(401|403|429|5..)$/) : '403',
      ]);
    }
  });
});

async function findRoutes(): Promise<string[]> {
  const { body } = await http.get('/api/v1/openapi.json');
  const paths: Record<string, Record<string, unknown>> = body.paths;
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

type Method = 'get' | 'post' | 'put' | 'delete';

/** Asks with names of nothing and an empty body: whoever may use the route gets past the guard, and no further. */
async function probe(
  route: string,
  send: (method: Method, path: string) => request.Test,
): Promise<{ status: string }> {
  const [method, path] = route.split(' ') as [string, string];
  const filled = path.replace('{accountId}', account).replaceAll(/\{\w+\}/g, 'nothing');
  const sent = send(method.toLowerCase() as Method, filled);
  const response = await (method === 'GET' ? sent : sent.send({}));
  return { status: String(response.status) };
}

function ask(client: Client, method: Method, path: string): request.Test {
  const below = path.replace('/api/v1', '');
  return method === 'get' || method === 'delete' ? client[method](below) : client[method](below, {});
}

/** As the demo member of that role. */
async function enter(role: StaffRole): Promise<Client> {
  const one = app.demoSignIns.find(({ roles }) => roles.includes(role))!;
  return signIn(http, buildMember({ username: one.username }), { password: one.password });
}
