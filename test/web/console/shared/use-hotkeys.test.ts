import { expect, it } from '@jest/globals';
import { nameKeys } from '../../../../src/web/console/shared/use-hotkeys.js';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

it.each([
  ['mod+s', { key: 's', ctrlKey: true }],
  ['mod+shift+s', { key: 'S', metaKey: true, shiftKey: true }],
  ['alt+arrowup', { key: 'ArrowUp', altKey: true }],
  ['escape', { key: 'Escape' }],
])('%s is the name of the keys', (name, event) => {
  expect(nameKeys({ ...none, ...event })).toBe(name);
});
