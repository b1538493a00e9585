import path from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = path.dirname(fileURLToPath(import.meta.url));

/** The API serves the build at /console; `npx vite server/console` serves the sources against an API on 8080. */
export default defineConfig({
  root: here,
  base: '/console/',
  plugins: [react()],
  server: {
    proxy: Object.fromEntries(['/api', '/config.json'].map((from) => [from, 'http://127.0.0.1:8080'])),
  },
  build: {
    outDir: path.resolve(here, '../../dist/console'),
    emptyOutDir: true,
    target: ['chrome100', 'edge100', 'safari15'],
    // antd alone is about a megabyte before compression; it is one file that stays cached between releases.
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'react',
              test: /node_modules[\\/](react|react-dom|react-router|scheduler|@tanstack)[\\/]/,
            },
            { name: 'antd', test: /node_modules[\\/](antd|@ant-design|@rc-component|rc-[a-z-]+)[\\/]/ },
          ],
        },
      },
    },
  },
});
