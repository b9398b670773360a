import request from 'supertest';
import type { StaffRole } from '../../../src/api-types/permissions.js';
import { signIn, type Client } from '../../support/open-back-office.js';
import { buildMember } from '../../support/staff-builders.js';

/** Gives a demo member of the sandbox other roles, as two administrators do it. */
export async function giveRoles(origin: string, demo: string, roles: readonly StaffRole[]): Promise<void> {
  const asking = await enterAsDemo(origin, 'demo-administrator');
  const deciding = await enterAsDemo(origin, 'demo-administrator-2');
  const { staff } = (await asking.get(`/staff?text=${demo}`)).body;
  const { id: staffId } = staff.find(({ username }: { username: string }) => username === demo);
  const details = { kind: 'change_roles', staffId, roles: roles.map((role) => ({ accountId: '*', role })) };
  const made = await asking.post('/staff-requests', { details, reason: '值班' });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  const decided = await deciding.post(`/staff-requests/${made.body.id}/decision`, { verdict: 'approve' });
  if (decided.status >= 300) throw new Error(JSON.stringify(decided.body));
}

/** The staff API as a demo member of the sandbox. */
export async function enterAsDemo(origin: string, demo: string): Promise<Client> {
  const http = request(origin);
  const { signIns } = (await http.get('/api/v1/demo-sign-ins')).body;
  const { password } = signIns.find(({ username }: { username: string }) => username === demo);
  return signIn(http, buildMember({ username: demo }), { password });
}
