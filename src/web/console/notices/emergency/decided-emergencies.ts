import { shallowRef } from 'vue';

/** Counts what is decided in this browser: whoever shows what waits looks anew at once. */
export const decidedEmergencies = shallowRef(0);
