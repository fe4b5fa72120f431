import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PlatformConfig } from '../platform/config/platform.config.js';
import { TrialOffer } from '../platform/trial/trial-offer.js';
import { StandIns } from './stand-ins.service.js';

const GESTURE = { standIn: 'calendly', gesture: 'book' };

describe('the hands behind the stand-ins', () => {
  let sandbox: Server;
  let asked: string[];
  let offer: TrialOffer;

  beforeEach(async () => {
    asked = [];
    sandbox = createServer((request, reply) => {
      asked.push(`${request.method} ${request.url}`);
      reply.end('[]');
    });
    await new Promise<void>((resolve) => sandbox.listen(0, '127.0.0.1', resolve));
    offer = new TrialOffer();
    const { port } = sandbox.address() as AddressInfo;
    offer.make(`http://127.0.0.1:${port}`, { email: 'demo@passerelle.test', password: 'passerelle-demo' });
  });

  afterEach(async () => {
    sandbox.closeAllConnections();
    await new Promise((resolve) => sandbox.close(resolve));
  });

  const standIns = (production: boolean) => new StandIns(offer, { production } as PlatformConfig);

  it('reach them outside production', async () => {
    await standIns(false).make(GESTURE);
    expect(asked).toEqual(['POST /_sandbox/calendly/gestures/book']);
  });

  it('reach nothing in production, even where a sandbox was started', async () => {
    expect(await standIns(true).list()).toEqual([]);
    await expect(standIns(true).make(GESTURE)).rejects.toThrow('sandbox/not-running');
    expect(asked).toEqual([]);
  });

  it('say that there is none where none was started', async () => {
    offer = new TrialOffer();
    expect(await standIns(false).list()).toEqual([]);
    await expect(standIns(false).make(GESTURE)).rejects.toThrow('sandbox/not-running');
  });
});
