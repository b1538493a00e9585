/**
 * Taro's templates drop the aria attributes that WeChat's screen reader understands; this plugin lets them through.
 *
 * @param {import('@tarojs/service').IPluginContext} context
 */
module.exports = (context) => {
  context.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      const words = ['role', 'label', 'checked', 'expanded', 'disabled', 'hidden'];
      const View = Object.fromEntries(words.map((word) => [`aria-${word}`, '']));
      platform.template?.mergeComponents(context, { View });
    },
  });
};
