/** What the routes of the audience have in common. */
export const audienceBase = '/accounts/:accountId/audience';
export const toLook = { permission: 'audience.view', account: 'path' } as const;
export const toManage = { permission: 'audience.manage', account: 'path' } as const;
