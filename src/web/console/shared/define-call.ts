import { createApi } from '../../shared/create-api.js';

/** The staff API. */
export const { access: apiAccess, defineCall, addressOf } = createApi('/api/v1');
