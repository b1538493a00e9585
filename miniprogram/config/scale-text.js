/** Lets every text size grow with `--text-scale`, the person's own font setting; all else keeps its px. */
module.exports = () => ({
  postcssPlugin: 'scale-text',
  Declaration: {
    'font-size'(declaration) {
      if (/text-scale|^inherit$/.test(declaration.value)) return;
      declaration.value = `calc(${declaration.value} * var(--text-scale, 1))`;
    },
  },
});
module.exports.postcss = true;
