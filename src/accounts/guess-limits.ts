import { Injectable } from '@nestjs/common';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { sha256 } from '../platform/crypto/hashing.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { requestContext } from '../platform/logging/request-context.js';
import { tooManyAttempts } from './accounts.problems.js';

const WINDOW_SECONDS = 15 * 60;
const GUESSES_PER_ACCOUNT = 10;
const GUESSES_PER_NETWORK = 100;
const REGISTRATIONS_PER_NETWORK = 100;

/**
 * How often a password may be guessed and an account be made, counted in the database so that all instances count
 * together. A guess is counted before it is looked at; only a right one, and one that could not be looked at, is given
 * back. The window begins with the first guess and is not prolonged by refused ones.
 */
@Injectable()
export class GuessLimits {
  private readonly perAccount: RateLimiterPostgres;
  private readonly perNetwork: RateLimiterPostgres;
  private readonly registrations: RateLimiterPostgres;

  constructor(private readonly work: UnitOfWork) {
    this.perAccount = this.limiter('guess:account', GUESSES_PER_ACCOUNT);
    this.perNetwork = this.limiter('guess:network', GUESSES_PER_NETWORK);
    this.registrations = this.limiter('registration:network', REGISTRATIONS_PER_NETWORK);
  }

  async countGuess(emailKey: string): Promise<void> {
    // The network first: once it is refused, it can no longer use up the guesses of other people's accounts.
    await consume(this.perNetwork, network());
    await consume(this.perAccount, digest(emailKey));
  }

  async giveBackGuess(emailKey: string): Promise<void> {
    await this.perNetwork.reward(network());
    await this.perAccount.reward(digest(emailKey));
  }

  async countRegistration(): Promise<void> {
    await consume(this.registrations, network());
  }

  private limiter(keyPrefix: string, points: number): RateLimiterPostgres {
    return new RateLimiterPostgres({
      // What the library knows as a client is one method; the unit of work stays the only door to the database.
      storeClient: {
        query: async ({ text, values }: { text: string; values: unknown[] }) => {
          const { rows, count } = await this.work.acrossOrganizations((tx) => tx.execute(text, values));
          return { rows, rowCount: count };
        },
      },
      storeType: 'client',
      tableName: 'rate_limits',
      tableCreated: true,
      // Old rows go with the nightly housekeeping; a timer in here would outlive the database connection.
      clearExpiredByTimeout: false,
      keyPrefix,
      points,
      duration: WINDOW_SECONDS,
    });
  }
}

async function consume(limiter: RateLimiterPostgres, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    throw new Problem(tooManyAttempts, { retryAfterSeconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) });
  }
}

function network(): string {
  return requestContext.get()?.ipPrefix ?? 'unknown';
}

/** The table shows how often, not whom. */
function digest(emailKey: string): string {
  return sha256(emailKey).toString('base64url');
}
