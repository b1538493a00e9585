export default defineAppConfig({
  pages: [
    'pages/home/index',
    'pages/verify/index',
    'pages/other-document/index',
    'pages/enrolment/index',
    'pages/sessions/index',
    'pages/pay/index',
    'pages/code/index',
    'pages/orders/index',
    'pages/timetable/index',
    'pages/guide/index',
  ],
  subPackages: [
    { root: 'pages/pay-for', pages: ['index'] },
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
