/**
 * The import table of the design: who may import whom inside src/.
 * Every folder names what it MAY import; anything else inside src/ is an error.
 */
const may = (folder, allowed) => ({
  name: `${folder.replace(/[^a-z-]+/g, '-').replace(/^-|-$/g, '')}-imports`,
  severity: 'error',
  from: { path: `^src/${folder}` },
  to: { path: '^src/', pathNot: [`^src/${folder}`, ...allowed.map((name) => `^src/${name}`)] },
});

const onlyIn = (library, folders) => ({
  name: `only-in-${library}`,
  severity: 'error',
  from: { path: '^src/', pathNot: folders.map((folder) => `^src/${folder}`) },
  to: { path: `^node_modules/${library}/` },
});

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        path: '^src/',
        pathNot: ['\\.d\\.ts$', '^src/web/.*/vite-env', '^src/web/.*/public/'],
      },
      to: {},
    },
    {
      name: 'no-dev-dependency-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/web/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    may('core/', []),
    may('text/', ['core/']),
    may('dialog/', ['core/', 'text/']),
    may('api-types/', [
      'core/',
      'dialog/content-model\\.ts',
      'features/appointments/offer\\.ts',
      'features/activities/activity\\.ts',
      'features/activities/registration\\.ts',
      'features/tickets/(ticket-bucket|ticket-code|ticket-qr)\\.ts',
      'features/activities/citizen-activity-words\\.ts',
    ]),
    may('observability/', ['core/']),
    may('config[a-z-]*\\.ts', ['core/']),
    may('storage/', ['core/', 'observability/', 'config\\.ts']),
    may('http/', ['core/', 'api-types/', 'observability/', 'config\\.ts']),
    may('wechat/', ['core/', 'observability/', 'config\\.ts', 'http/', 'features/[^/]+/[^/]+-port\\.ts']),
    may('payments/', [
      'core/',
      'observability/',
      'config(-payments)?\\.ts',
      'features/[^/]+/[^/]+-port\\.ts',
    ]),
    may('jobs/', ['core/', 'observability/', 'storage/']),
    may('sandbox/', [
      'core/',
      'api-types/',
      'observability/',
      'config\\.ts',
      'http/',
      'wechat/codec/',
      'wechat/limits\\.ts',
      'wechat/account\\.ts',
    ]),
    may('web/', ['api-types/']),
    {
      name: 'feature-domain-imports',
      severity: 'error',
      from: { path: '^src/features/', pathNot: '(-store-mongo|-routes|-feature|-metrics)\\.ts$' },
      to: {
        path: '^src/',
        pathNot: ['^src/(core|text|dialog)/', '^src/features/', '^src/observability/metrics'],
      },
    },
    {
      name: 'feature-store-imports',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/.*-store-mongo\\.ts$' },
      to: { path: '^src/', pathNot: ['^src/(core|dialog|storage)/', '^src/features/$1/'] },
    },
    {
      name: 'feature-keeps-its-store-to-itself',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/.*-store', pathNot: '^src/features/$1/' },
    },
    {
      name: 'only-the-composition-root-constructs',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|app)\\.ts$' },
      to: { path: '^src/(main|app)\\.ts$' },
    },
    onlyIn('mongoose', ['storage/', 'features/[^/]+/[^/]*-store-mongo\\.ts']),
    onlyIn('redis', ['storage/']),
    onlyIn('xml2js', ['wechat/codec/']),
    onlyIn('wechatpay-node-v3', ['payments/']),
    onlyIn('agenda', ['jobs/']),
    onlyIn('@agendajs/mongo-backend', ['jobs/']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
