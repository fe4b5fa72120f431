import { Injectable } from '@nestjs/common';
import { ProviderRegistry } from '../../integrations/index.js';
import { PlatformConfig } from '../../platform/config/platform.config.js';
import type { DoctorCheck, Finding } from '../finding.js';
import { finding } from '../finding-texts.js';
import { isLoopback } from '../loopback.js';

@Injectable()
export class RedirectsCheck implements DoctorCheck {
  readonly name = 'redirects';

  constructor(
    private readonly registry: ProviderRegistry,
    private readonly config: PlatformConfig,
  ) {}

  examine(): Promise<Finding[]> {
    const ours = new Set([this.config.frontendUrl, this.config.publicUrl].map((address) => new URL(address).origin));
    const findings = this.registry
      .list()
      .filter(({ oauth }) => oauth.missingVariables.length === 0)
      .flatMap(({ displayName: provider, oauth: { redirectUri: address } }) => [
        // Providers allow plain http for an application on the developer's own machine, and nowhere else.
        ...(address.startsWith('http:') && !isLoopback(address)
          ? [finding('redirect/not-https', { provider, address })]
          : []),
        ...(ours.has(new URL(address).origin) ? [] : [finding('redirect/elsewhere', { provider, address })]),
      ]);
    return Promise.resolve(findings);
  }
}
