/** The oldest phones that WeChat's base library 3 runs on: they know async functions, but not class fields. */
const PHONES = { ios: '11', chrome: '61' };
/** The browsers of demos and tests. */
const BROWSERS = { safari: '14', chrome: '87', firefox: '90' };

module.exports = {
  presets: [
    [
      'taro',
      {
        framework: 'react',
        ts: true,
        compiler: 'webpack5',
        targets: process.env.TARO_ENV === 'weapp' ? PHONES : BROWSERS,
      },
    ],
  ],
};
