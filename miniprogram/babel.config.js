/** The oldest phones that WeChat's base library 3 runs on: they know async functions, but not class fields. */
const PHONES = { ios: '11', chrome: '61' };

module.exports = {
  presets: [['taro', { framework: 'react', ts: true, compiler: 'webpack5', targets: PHONES }]],
};
