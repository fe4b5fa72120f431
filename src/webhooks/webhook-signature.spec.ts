import { describe, expect, it } from '@jest/globals';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { makeSecret, signatureHeaders } from './webhook-signature.js';

describe('the signature of a webhook', () => {
  it('is the one that the scheme prints as its example', () => {
    // https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/javascript/src/webhook.test.ts
    const headers = signatureHeaders(
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      '{"test": 2432232314}',
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      new Date(1_614_265_330_000),
    );
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is made with each secret that is good, and checks with any of them and no other', () => {
    const [current, former, foreign] = [makeSecret(), makeSecret(), makeSecret()];
    const headers = signatureHeaders('msg_1', '{"a":"é"}', [current, former], new Date());
    for (const secret of [current, former]) {
      expect(new Webhook(secret).verify('{"a":"é"}', headers)).toEqual({ a: 'é' });
    }
    expect(() => new Webhook(foreign).verify('{"a":"é"}', headers)).toThrow(WebhookVerificationError);
    expect(() => new Webhook(current).verify('{"a":"e"}', headers)).toThrow(WebhookVerificationError);
  });

  it('needs a secret that nobody can guess: 256 bits, never the same', () => {
    const secrets = Array.from({ length: 100 }, makeSecret);
    expect(new Set(secrets).size).toBe(100);
    for (const secret of secrets) expect(Buffer.from(secret.slice('whsec_'.length), 'base64')).toHaveLength(32);
  });
});
