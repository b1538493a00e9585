/** The oldest phones that WeChat's base library 3 runs on: they know async functions, but not class fields. */
const PHONES = { ios: '11', chrome: '61' };

module.exports = {
  presets: [
    [
      'taro',
      {
        framework: 'react',
        ts: true,
        compiler: 'webpack5',
        // The browser build keeps the preset's own: what Taro ships for h5 is compiled together with it.
        ...(process.env.TARO_ENV === 'weapp' && { targets: PHONES }),
      },
    ],
  ],
};
