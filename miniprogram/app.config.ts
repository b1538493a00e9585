export default defineAppConfig({
  pages: [
    'pages/home/index',
    'pages/verify/index',
    'pages/enrolment/index',
    'pages/sessions/index',
    'pages/pay/index',
    'pages/code/index',
  ],
  // What the way to the QR does not need. Each keeps its own address, which messages and codes lead to.
  subPackages: [
    ...['other-document', 'orders', 'timetable', 'guide', 'my-data', 'pay-for', 'make-up'].map((name) => ({
      root: `pages/${name}`,
      pages: ['index'],
    })),
    {
      root: 'staff',
      pages: [
        'enrol/index',
        'scan/index',
        'lookup/index',
        'queue/index',
        'walk-in/index',
        'correct/index',
        'board/index',
        'display/index',
      ],
    },
  ],
  /** Fetched while the home page is read, so that no tap waits for them. */
  preloadRule: {
    'pages/home/index': { network: 'all', packages: ['pages/orders', 'pages/guide', 'pages/timetable'] },
  },
  window: {
    navigationBarTitleText: '图采预约',
    navigationBarBackgroundColor: '@navigationBackground',
    navigationBarTextStyle: '@navigationText',
    backgroundColor: '@background',
    backgroundTextStyle: '@pullText',
  },
  /** In the browser; WeChat has its own. */
  animation: false,
  darkmode: true,
  themeLocation: 'theme.json',
  __usePrivacyCheck__: true,
  lazyCodeLoading: 'requiredComponents',
});
