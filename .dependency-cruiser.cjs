/** The dependency rule, one entry a sentence. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid('no-circles', 'A circle means two files are one.', {}, { circular: true }),
    forbid(
      'shared-imports-nothing-of-ours',
      'shared/ runs on phone, browser and server.',
      { path: '^shared/' },
      { path: '^(server|miniprogram)/' },
    ),
    forbid(
      'domain-is-pure',
      'Rules know no contract and no node.',
      { path: '^shared/domain/' },
      { path: '^shared/contract/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'phone-imports-only-shared',
      'The mini-program talks HTTP.',
      { path: '^miniprogram/' },
      { path: '^server/' },
    ),
    forbid(
      'console-imports-only-shared',
      'The console talks HTTP.',
      { path: '^server/console/' },
      { path: '^server/(?!console/)|^miniprogram/' },
    ),
    forbid(
      'platform-knows-no-module',
      'The outside world knows no business.',
      { path: '^server/platform/' },
      { path: '^server/modules/' },
    ),
    forbid(
      'modules-meet-at-use-cases',
      "Another module's model and routes are its own business; its types may be known.",
      { path: '^server/modules/([^/]+)/' },
      {
        path: '^server/modules/[^/]+/(model|routes|[a-z]+-model)\\.ts$',
        pathNot: '^server/modules/$1/',
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid(
      'stand-ins-stay-outside',
      'Only the starters, the command line and tests know the sandbox and the embedded database.',
      { path: '^server/(?!sandbox/|embedded-mongo/|cli/|main\\.ts|start\\.ts|demo/)' },
      { path: '^server/(sandbox|embedded-mongo)/' },
    ),
    forbid(
      'stand-ins-are-independent',
      'They must not share our misunderstandings.',
      { path: '^server/(sandbox|embedded-mongo)/' },
      { path: '^server/(modules|platform/(?!clock))' },
    ),
    forbid(
      'checker-is-independent',
      'The proofs read the database, not our code.',
      { path: '^server/checker/' },
      { path: '^(server/(?!checker/)|shared/|miniprogram/)' },
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules)/' },
  },
};
