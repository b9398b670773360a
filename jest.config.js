/**
 * Three projects, so that the quick one can run without any server:
 *   unit    pure functions, fakes and nock; no server (`npm run check`)
 *   real    stores, contracts and end-to-end runs on a real mongod and a real Redis
 *   browser pages in a real Chromium
 */
const base = {
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { target: 'es2023', parser: { syntax: 'typescript', decorators: false } },
        module: { type: 'es6' },
      },
    ],
  },
  testEnvironment: 'node',
};

const servers = {
  globalSetup: '<rootDir>/test/support/start-servers.ts',
  globalTeardown: '<rootDir>/test/support/stop-servers.ts',
};

/** @type {import('jest').Config} */
export default {
  testTimeout: 30_000,
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.real\\.test\\.ts$', '\\.browser\\.test\\.ts$'],
    },
    { ...base, ...servers, displayName: 'real', testMatch: ['<rootDir>/test/**/*.real.test.ts'] },
    { ...base, ...servers, displayName: 'browser', testMatch: ['<rootDir>/test/**/*.browser.test.ts'] },
  ],
};
