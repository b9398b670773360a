import type { StaffRole } from './permissions.js';

/** What the roles are called, on every page and in every message. */
export const roleNames: Readonly<Record<StaffRole, string>> = {
  editor: '初审（编辑）',
  sectionHead: '复审（科长）',
  leader: '终审（领导）',
  noticeSender: '推送员',
  deskOfficer: '坐席',
  administrator: '管理员',
  auditor: '审计员',
};
