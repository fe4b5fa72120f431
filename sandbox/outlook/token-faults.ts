import { z } from 'zod';
import { LoginError } from './login-error.js';
import type { Account } from './model.js';

/** The errors of the token endpoint with the number that usually comes with them (contract 3). */
const usual = {
  invalid_grant: 50_173,
  interaction_required: 50_076,
  login_required: 50_058,
  consent_required: 65_001,
  invalid_client: 7_000_222,
  unauthorized_client: 700_016,
  invalid_scope: 70_011,
  invalid_request: 900_144,
  invalid_resource: 50_001,
  unsupported_grant_type: 70_003,
  temporarily_unavailable: 90_033,
  server_error: 90_000,
} as const;

export const tokenFaultSchema = z.strictObject({
  error: z.enum(Object.keys(usual) as [keyof typeof usual, ...(keyof typeof usual)[]]),
  /** The AADSTS number. */
  code: z.number().int().positive().optional(),
  suberror: z.string().optional(),
  account: z.string().optional(),
  grant_type: z.enum(['authorization_code', 'refresh_token']).optional(),
  /** Null: until cleared. */
  times: z.number().int().positive().nullable().default(1),
});

export type TokenFault = z.output<typeof tokenFaultSchema>;

/** Switches that make the token endpoint refuse. */
export class TokenFaults {
  #faults: TokenFault[] = [];

  add(fault: TokenFault): void {
    this.#faults.push({ ...fault });
  }

  list(): TokenFault[] {
    return this.#faults.map((fault) => ({ ...fault }));
  }

  clear(): void {
    this.#faults = [];
  }

  check(account: Account, grantType: string): void {
    const fault = this.#faults.find(
      (candidate) =>
        (candidate.account ?? account.email) === account.email && (candidate.grant_type ?? grantType) === grantType,
    );
    if (!fault) return;
    if (fault.times !== null) fault.times -= 1;
    if (fault.times === 0) this.#faults.splice(this.#faults.indexOf(fault), 1);
    const { error, suberror = null } = fault;
    const isTemporary = error === 'temporarily_unavailable' || error === 'server_error';
    const status = isTemporary ? 503 : undefined;
    throw new LoginError(error, fault.code ?? usual[error], 'Ordered by a test.', status, suberror);
  }
}
