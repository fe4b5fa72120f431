import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, type Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** The server that development talks to. A build talks to VITE_API_ORIGIN, or to where it is served from. */
const SERVER = process.env['PASSERELLE_ORIGIN'] ?? 'http://localhost:3000';

const PROXIED = ['/api', '/health', '/docs', '/openapi.json', '/metrics', '/trial/config.json'];

/** Where providers bring the browser back to, as the server has registered it; the same redirects as the server's own. */
const RETURNS = /^\/(?:auth|calendar)\/(?:callback\/)?(calendly|google|outlook|cal-com)(?:\/callback)?(\?.*)?$/;

const providerReturns: Plugin = {
  name: 'provider-returns',
  configureServer: ({ middlewares }) => {
    middlewares.use((request, response, next) => {
      // Where Cal.com's linking ends, with the addresses that the server has without configuration.
      const settings = /^\/dashboard\/settings\?.*\b(success|error)=true/.exec(request.url ?? '');
      if (settings) {
        response.writeHead(302, { location: `/console/return/cal-com?outcome=${settings[1]}` }).end();
        return;
      }
      const match = request.method === 'GET' ? RETURNS.exec(request.url ?? '') : null;
      if (match === null) return next();
      response.writeHead(302, { location: `/console/return/${match[1]}${match[2] ?? ''}` }).end();
    });
  },
};

export default defineConfig({
  base: '/console/',
  plugins: [react(), tailwindcss(), providerReturns],
  resolve: {
    alias: { '@': fileURLToPath(new URL('src', import.meta.url)) },
    conditions: ['source', ...defaultClientConditions],
  },
  build: { target: 'es2022', sourcemap: true, chunkSizeWarningLimit: 700 },
  server: {
    port: Number(process.env['PORT'] ?? 5173),
    proxy: {
      ...Object.fromEntries(PROXIED.map((path) => [path, { target: SERVER, changeOrigin: false }])),
      '/socket.io': { target: SERVER, ws: true },
    },
  },
  test: {
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'http://localhost/console/' } },
    setupFiles: ['test/setup.ts'],
    include: ['test/**/*.test.{ts,tsx}', 'src/**/*.test.{ts,tsx}'],
    css: false,
    // Generous, for machines that are busy with something else.
    testTimeout: 20_000,
  },
});
