import path from 'node:path';
import { defineConfig } from '@tarojs/cli';
import type { Chunk } from 'webpack';
import type { MessageKind } from '../../shared/domain/messages';

const root = path.resolve(__dirname, '../..');
const HOME = 'pages/home/index';

/**
 * What must be compiled besides miniprogram/: our shared rules, and packages that ship newer JavaScript than the
 * oldest phones run.
 */
const alsoCompiled = [
  path.join(root, 'shared'),
  ...['uqr', 'tweetnacl'].map((name) => path.join(root, 'node_modules', name)),
];

/** Styles are written in real px: text keeps its size at 320 px instead of shrinking with the screen. */
const asWritten = {
  pxtransform: { enable: false },
  cssModules: { enable: false },
  './config/scale-text.js': { enable: true, config: {} },
  './config/spell-inset.js': { enable: true, config: {} },
};

/** The sandbox's own templates (server/demo/message-templates.ts): a build for this machine asks for messages too. */
const demoTemplates: Record<MessageKind, string> = {
  opening: 'demo-opening',
  booked: 'demo-booked',
  day_before: 'demo-day_before',
  moved: 'demo-moved',
  refunded: 'demo-refunded',
  photo_check: 'demo-photo_check',
  announcement: 'demo-announcement',
};
/** A build for a real API names its own, or asks for none. */
const templates = process.env.API_ORIGIN === undefined ? demoTemplates : {};

/** Into the app's own file, which the browser asks for before anything runs. */
const withTheApp = { name: 'app', priority: 200, enforce: true };

/**
 * The home page comes with the app, one round trip earlier than as a file of its own; and so does what every page
 * stands on, of which each page's file would otherwise hold a copy.
 */
const firstScreen = {
  everyPage: {
    ...withTheApp,
    chunks: 'all',
    test: /[\\/]miniprogram[\\/](components|copy|hooks|services)[\\/]|[\\/]@tarojs[\\/](components|taro-h5)[\\/]/,
  },
  homePage: {
    ...withTheApp,
    chunks: ({ name, groupsIterable }: Chunk) =>
      name === 'app' ||
      [...groupsIterable].some(({ origins }) => origins.some(({ request }) => request.endsWith(HOME))),
  },
};

export default defineConfig<'webpack5'>({
  projectName: 'tucai-yuyue',
  date: '2022-11-14',
  designWidth: 375,
  deviceRatio: { 375: 2 },
  sourceRoot: '.',
  outputRoot: `../dist/${process.env.TARO_ENV}`,
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  plugins: ['aria.js', 'tight-templates.js'].map((name) => path.join(__dirname, name)),
  /** Chinese as it is: escaped, every character would take twice the room in the package. */
  terser: { enable: true, config: { output: { ascii_only: false } } },
  cache: { enable: false },
  defineConstants: {
    /** Where the API lives for the mini-program; the h5 build is served by the API itself. */
    API_ORIGIN: JSON.stringify(process.env.API_ORIGIN ?? 'http://127.0.0.1:3000'),
    /** `{"booked": "template id", …}`, see services/platform/platform.ts */
    SUBSCRIBE_TEMPLATES: process.env.SUBSCRIBE_TEMPLATES ?? JSON.stringify(templates),
  },
  copy: { patterns: [], options: {} },
  mini: {
    compile: { include: alsoCompiled },
    postcss: asWritten,
    optimizeMainPackage: { enable: true },
  },
  h5: {
    compile: { include: alsoCompiled },
    publicPath: '/',
    staticDirectory: 'static',
    router: { mode: 'hash' },
    output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
    webpackChain(chain) {
      // Webpack's advice on sizes is for pages without a measured budget.
      chain.performance.hints(false);
      const splitting = chain.optimization.get('splitChunks');
      chain.optimization.splitChunks({
        ...splitting,
        cacheGroups: { ...splitting.cacheGroups, ...firstScreen },
      });
    },
    postcss: { ...asWritten, autoprefixer: { enable: true, config: {} } },
  },
});
