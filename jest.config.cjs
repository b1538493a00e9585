/** Three kinds of tests: against the server's code and processes, on the compiled mini-program, in a real browser. */
const swc = [
  '@swc/jest',
  { jsc: { parser: { syntax: 'typescript', tsx: true }, target: 'es2022' }, module: { type: 'commonjs' } },
];
const common = {
  rootDir: __dirname,
  transform: { '\\.tsx?$': swc },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};

module.exports = {
  testTimeout: 30_000,
  projects: [
    {
      ...common,
      displayName: 'server',
      testEnvironment: 'node',
      testMatch: [
        '<rootDir>/tests/{unit,api,race,fault,property,embedded-mongo,sandbox,payments}/**/*.test.ts',
      ],
    },
    {
      ...common,
      displayName: 'weapp',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/tests/weapp/**/*.test.ts'],
    },
    {
      ...common,
      displayName: 'e2e',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/tests/e2e/**/*.test.ts'],
    },
    {
      ...common,
      displayName: 'long',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/tests/long/**/*.test.ts'],
    },
  ],
};
