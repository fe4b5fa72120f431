import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { type PushNotice, PushReceiver } from '../deliveries/index.js';
import { loadConfig } from '../platform/config/load-config.js';
import { PlatformConfig, platformConfig } from '../platform/config/platform.config.js';
import { ProblemFilter } from '../platform/errors/problem.filter.js';
import { httpAdapter, prepareRequests } from '../platform/http/http-server.js';
import { KnownRoutes } from '../platform/http/known-routes.js';
import { EventLog } from '../platform/logging/event-log.js';
import { OutlookChannelController } from './outlook-channel.controller.js';

const PATHS = ['/api/channels/outlook', '/api/channels/outlook/lifecycle'];

describe.each(PATHS)('what Graph posts to %s', (path) => {
  const told: [string, readonly PushNotice[]][] = [];
  let breaksDown = false;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const given = { NODE_ENV: 'test', ENCRYPTION_KEY: randomBytes(32).toString('hex') };
    const config = loadConfig([platformConfig], given).get(PlatformConfig) as PlatformConfig;
    const receive = (provider: string, notices: readonly PushNotice[]) => {
      if (breaksDown) return Promise.reject(new Error('the database is away'));
      told.push([provider, notices]);
      return Promise.resolve(notices.map(() => 'unknown' as const));
    };
    const module = await Test.createTestingModule({
      controllers: [OutlookChannelController],
      providers: [{ provide: PushReceiver, useValue: { receive } }],
    }).compile();
    app = module.createNestApplication<NestFastifyApplication>(httpAdapter(config), {
      logger: false,
      bodyParser: false,
    });
    prepareRequests(app);
    app.useGlobalFilters(new ProblemFilter(new EventLog(config, () => {}), new KnownRoutes()));
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
  });
  beforeEach(() => {
    told.length = 0;
    breaksDown = false;
  });
  afterAll(() => app?.close());

  const post = (payload?: string | object, query = '', type = 'application/json') => {
    const body = typeof payload === 'object' ? JSON.stringify(payload) : payload;
    const headers = { 'content-type': type };
    return app.inject({
      method: 'POST',
      url: `${path}${query}`,
      headers,
      ...(body !== undefined && { payload: body }),
    });
  };
  const item = (changes: object = {}) => ({
    subscriptionId: 'S1',
    clientState: 'a-secret',
    changeType: 'updated',
    ...changes,
  });

  it.each([
    'Validation: Testing client application reachability for subscription Request-Id: 5b1a',
    '1+1 = 2 & 100% é',
    '<script>alert(1)</script>',
    '{"a":1}',
    '',
  ])('as a question is answered with the token itself, as plain text: %j', async (token) => {
    const query = `?kept=1&validationToken=${encodeURIComponent(token)}`;
    const answer = await post('', query, 'text/plain; charset=utf-8');
    expect({ status: answer.statusCode, body: answer.body }).toEqual({ status: 200, body: token });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    expect(told).toEqual([]);
  });

  it('as a question is answered before anything in its body is looked at', async () => {
    breaksDown = true;
    const answer = await post({ value: [item()] }, '?validationToken=abc');
    expect([answer.statusCode, answer.body]).toEqual([200, 'abc']);
  });

  it('with blanks written as plus signs is decoded as an address is', async () => {
    expect((await post('', '?validationToken=a+b%2Bc', 'text/plain')).body).toBe('a b+c');
  });

  it('is taken, without a word', async () => {
    const answer = await post({ value: [item(), item({ lifecycleEvent: 'missed', changeType: undefined })] });
    expect([answer.statusCode, answer.body]).toEqual([202, '']);
    const notice = { externalId: 'S1', secret: 'a-secret' };
    expect(told).toEqual([
      [
        'outlook',
        [
          { ...notice, kind: 'changed' },
          { ...notice, kind: 'missed' },
        ],
      ],
    ]);
  });

  it.each([{}, { value: [] }, { value: [{}, null, item({ clientState: '' })] }])(
    'is taken also when there is nothing in it for us: %j',
    async (body) => {
      expect((await post(body)).statusCode).toBe(202);
      expect(told).toEqual([]);
    },
  );

  it.each(['', '{', 'x', '[]', '"x"'])('is refused when it is no JSON object: %j', async (body) => {
    const answer = await post(body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'request/body-malformed' });
  });

  it('is read under whatever type it comes', async () => {
    expect((await post({ value: [item()] }, '', 'text/plain')).statusCode).toBe(202);
    expect(told).toHaveLength(1);
  });

  it('is asked for again when it could not be kept', async () => {
    breaksDown = true;
    expect((await post({ value: [item()] })).statusCode).toBe(500);
  });

  it('is refused when it is larger than anything Graph sends', async () => {
    expect((await post({ value: [item({ pad: 'x'.repeat(300_000) })] })).statusCode).toBe(413);
  });

  it('is no token when there are two', async () => {
    expect((await post({ value: [] }, '?validationToken=a&validationToken=b')).statusCode).toBe(202);
  });
});
