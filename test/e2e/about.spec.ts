import { describe, expect, it } from '@jest/globals';
import { TrialOffer } from '../../src/platform/trial/trial-offer.js';
import { type AppOptions, demand, startApp, type TestApp } from '../support/app.js';
import { createTestDatabase } from '../support/test-database.js';

async function withApp(options: AppOptions, work: (app: TestApp) => Promise<void>): Promise<void> {
  const app = await startApp(options);
  try {
    await work(app);
  } finally {
    await app.close();
  }
}

const meta = async (app: TestApp) => demand(200, await app.http('GET', '/api/meta')).body;

describe('what a server says of itself', () => {
  it('is its version, its languages and what can be done, to anybody', async () => {
    await withApp({ sandbox: false, environment: { SOURCE_COMMIT: '8fd1f2b', DOCS_ENABLED: 'false' } }, async (app) => {
      const answer = await app.http('GET', '/api/meta');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer).toMatchObject({
        status: 200,
        body: {
          version: expect.stringMatching(/^\d+\.\d+\.\d+/),
          commit: '8fd1f2b',
          environment: 'development',
          is_sandbox: false,
          sandbox_url: null,
          locales: ['fr', 'en'],
          features: { mail: false, registration_open: true, docs: false },
        },
      });
    });
  });

  it('is that a provider is a stand-in, and where its page is, whoever has started it', async () => {
    await withApp({}, async (app) => {
      expect(await meta(app)).toMatchObject({ is_sandbox: true, sandbox_url: app.sandbox.url });
      app.get(TrialOffer).make('http://127.0.0.1:4010', { email: 'demo@passerelle.test', password: 'passerelle-demo' });
      const offered = await meta(app);
      expect(offered).toMatchObject({ is_sandbox: true, sandbox_url: 'http://127.0.0.1:4010' });
      // The trial page’s own address says these; here they would be for everybody.
      expect(JSON.stringify(offered)).not.toContain('passerelle-demo');
    });
  });

  it('is in production that it is, with the doors that are closed there', async () => {
    const database = await createTestDatabase();
    const environment = {
      NODE_ENV: 'production',
      DATABASE_URL: database.url,
      PUBLIC_URL: 'https://passerelle.example',
      SMTP_URL: 'smtp://user:hidden@mail.example',
      MAIL_FROM: 'rdv@passerelle.example',
    };
    await withApp({ sandbox: false, database, environment }, async (app) => {
      const described = await meta(app);
      expect(described).toMatchObject({
        environment: 'production',
        features: { mail: true, registration_open: false },
      });
      expect(JSON.stringify(described)).not.toMatch(/hidden|mail\.example|postgres/);
    });
    await database.drop();
  });
});
