// Which part may know which: see ARCHITECTURE.md.
const only = (name, path, allowed) => ({
  name,
  severity: 'error',
  from: { path },
  to: { path: '^(src|commands)/', pathNot: [path, ...allowed, '^src/root\\.ts$'] },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, path: '^(src|commands)/' }, to: {} },
    only('domain-knows-itself', '^src/domain/', []),
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: ['^src/domain/', 'node_modules/(zod|temporal-polyfill)/', '^(node:)?crypto$'] },
    },
    only('app-knows-domain', '^src/app/', ['^src/domain/']),
    only('store-knows-ports', '^src/store/', ['^src/domain/', '^src/app/(ports|collections)\\.ts$']),
    only('files-know-domain', '^src/files/', ['^src/domain/']),
    only('i18n-knows-domain-and-file-codes', '^src/i18n/', ['^src/domain/', '^src/files/reasons\\.ts$']),
    only('jobs-know-app', '^src/jobs/', ['^src/app/', '^src/domain/']),
    only('discord-knows-app', '^src/discord/', ['^src/app/', '^src/domain/', '^src/i18n/']),
    only('commands-know-the-edge', '^commands/', ['^src/(discord|app|domain|i18n|files)/']),
    only('local-discord-stands-alone', '^src/playground/local-discord/', []),
    {
      name: 'only-the-edge-sees-discord.js',
      severity: 'error',
      from: { path: '^(src|commands)/', pathNot: ['^src/discord/', '^commands/'] },
      to: { path: 'node_modules/discord\\.js/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-jobs-see-node-cron',
      severity: 'error',
      from: { path: '^(src|commands)/', pathNot: '^src/jobs/' },
      to: { path: 'node_modules/node-cron/' },
    },
    {
      name: 'only-the-embedded-store-sees-lowdb',
      severity: 'error',
      from: { path: '^(src|commands)/', pathNot: '^src/store/lowdb/' },
      to: { path: 'node_modules/lowdb/' },
    },
    {
      name: 'nothing-shipped-uses-test-tools',
      severity: 'error',
      from: { path: '^(src|commands)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
};
