import { inject, type Component, type InjectionKey } from 'vue';
import type { RouteRecordRaw } from 'vue-router';
import type { Permission } from '../../../api-types/permissions.js';

/** The parts of the menu at the left, in their order. */
export const menuGroups = ['内容', '审核与发布', '市民', '预约', '活动', '收款', '推送', '管理'] as const;

declare module 'vue-router' {
  interface RouteMeta {
    /** Chinese; heads the page, the tab and the menu. */
    title: string;
    /** Must be held in the account of the address, one of several will do; absent: everybody who is signed in. */
    permission?: Permission | readonly Permission[];
    /** Puts the page into the menu at the left. */
    menu?: { group: (typeof menuGroups)[number]; icon: Component };
    /**
     * Name of the page above, for the trail of links over the title, and where to go when an account lacks the object.
     */
    parent?: string;
    /** Without menu and header: all of a small screen is the page's. */
    isFullScreen?: true;
    /** Open to whoever is not signed in. */
    isPublic?: true;
  }
}

/** A page of the console: `path` below `/:accountId/`, a `name` of its own, loaded when it is first opened. */
export type ConsolePage = RouteRecordRaw & { name: string; meta: { title: string } };

/** The application provides them: a page that imported the list of all pages would import itself. */
export const pagesKey: InjectionKey<readonly ConsolePage[]> = Symbol('pages');

/** Every page of an account, in the order of the menu. */
export function useConsolePages(): readonly ConsolePage[] {
  return inject(pagesKey, []);
}
