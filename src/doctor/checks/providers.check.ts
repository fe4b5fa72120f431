import { Injectable } from '@nestjs/common';
import { type OAuthProvider, ProviderRegistry } from '../../integrations/index.js';
import { Clock } from '../../platform/clock/clock.js';
import { PlatformConfig } from '../../platform/config/platform.config.js';
import { EgressClient } from '../../platform/egress/egress.client.js';
import { EgressFailure } from '../../platform/egress/egress-failure.js';
import type { DoctorCheck, Finding } from '../finding.js';
import { finding } from '../finding-texts.js';

/** A signed webhook may be three minutes old; a clock that is wrong by one leaves little of that. */
const TOLERANCE_SECONDS = 60;
const PATIENCE_MS = 8_000;

/** Whether each configured provider can be reached, and what time it is there. */
@Injectable()
export class ProvidersCheck implements DoctorCheck {
  readonly name = 'providers';

  constructor(
    private readonly registry: ProviderRegistry,
    private readonly egress: EgressClient,
    private readonly clock: Clock,
    private readonly config: PlatformConfig,
  ) {}

  async examine(): Promise<Finding[]> {
    const providers = this.registry.list();
    const configured = providers.filter(({ oauth }) => oauth.missingVariables.length === 0);
    if (configured.length === 0 && this.config.production) {
      const variables = providers[0]?.oauth.missingVariables.join(', ') ?? '';
      return [finding('configuration/no-provider', { variables })];
    }
    return (await Promise.all(configured.map((provider) => this.ask(provider)))).flat();
  }

  /** Any answer will do: a refusal also carries the time. */
  private async ask({ id, displayName, oauth }: OAuthProvider): Promise<Finding[]> {
    const { origin } = new URL(oauth.authorizeUrl);
    try {
      const { headers } = await this.egress.request({
        provider: 'doctor',
        baseUrl: origin,
        method: 'GET',
        path: '/',
        timeoutMs: PATIENCE_MS,
        answer: 'ignored',
      });
      const there = Date.parse(headers['date'] ?? '');
      const seconds = Math.round(Math.abs(there - this.clock.now().getTime()) / 1_000);
      return seconds > TOLERANCE_SECONDS ? [finding('clock/provider-differs', { provider: displayName, seconds })] : [];
    } catch (error) {
      if (!(error instanceof EgressFailure)) throw error;
      // A page larger than we take was an answer all the same.
      if (error.kind === 'too-large') return [];
      const unreachable = finding('provider/unreachable', { provider: displayName, reason: error.code ?? error.kind });
      return [{ ...unreachable, provider: id }];
    }
  }
}
