import { Injectable } from '@nestjs/common';
import { Problem } from '../platform/errors/problem.js';
import { providerUnknown } from './integrations.problems.js';
import type { OAuthProvider } from './provider.js';

/** Which providers there are. Each provider's module registers itself, so that nobody else has to know it. */
@Injectable()
export class ProviderRegistry {
  private readonly providers = new Map<string, OAuthProvider>();

  register(provider: OAuthProvider): void {
    if (this.providers.has(provider.id)) throw new Error(`Provider ${provider.id} is registered twice`);
    this.providers.set(provider.id, provider);
  }

  get(id: string): OAuthProvider {
    const provider = this.providers.get(id);
    if (!provider) throw new Problem(providerUnknown);
    return provider;
  }

  find(id: string): OAuthProvider | null {
    return this.providers.get(id) ?? null;
  }

  list(): OAuthProvider[] {
    return [...this.providers.values()];
  }
}
