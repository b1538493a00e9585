/**
 * Spells `inset` out as its four sides: the WebView of iOS before 14.5 does not know it, and what should fill the screen
 * would have no size.
 */
module.exports = () => ({
  postcssPlugin: 'spell-inset',
  Declaration: {
    inset(declaration) {
      const [top, right = top, bottom = top, left = right] = declaration.value.split(/\s+/);
      for (const [prop, value] of Object.entries({ top, right, bottom, left })) {
        declaration.cloneBefore({ prop, value });
      }
      declaration.remove();
    },
  },
});
module.exports.postcss = true;
