import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AccountsConfig } from '../accounts/index.js';
import { ProviderRegistry } from '../integrations/index.js';
import { MailConfig } from '../notifications/index.js';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { isLocalAddress } from '../platform/http/local-address.js';
import { PRODUCT } from '../platform/product.js';
import { TrialOffer } from '../platform/trial/trial-offer.js';
import { AboutConfig } from './about.config.js';
import { findCheckedOutCommit } from './checked-out-commit.js';
import type { MetaDto } from './dto/meta.dto.js';

/** What this server is, as far as anybody may know. */
@Injectable()
export class About implements OnModuleInit {
  private commit: string | null = null;

  constructor(
    private readonly registry: ProviderRegistry,
    private readonly trial: TrialOffer,
    private readonly platform: PlatformConfig,
    private readonly accounts: AccountsConfig,
    private readonly mail: MailConfig,
    private readonly config: AboutConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    this.commit = this.config.sourceCommit ?? (await findCheckedOutCommit(PRODUCT.folder));
  }

  describe(): MetaDto {
    const standIn = this.findStandIn();
    return {
      version: PRODUCT.version,
      commit: this.commit,
      environment: this.platform.production ? 'production' : 'development',
      is_sandbox: standIn !== null,
      sandbox_url: standIn,
      locales: ['fr', 'en'],
      features: {
        mail: this.mail.transport !== null,
        registration_open: this.accounts.registration === 'open',
        docs: this.platform.docsEnabled,
      },
    };
  }

  /** The one this process has started, else whatever stands near by in the place of a provider. */
  private findStandIn(): string | null {
    if (this.trial.sandboxUrl !== null) return this.trial.sandboxUrl;
    const standIn = this.registry
      .list()
      .map(({ oauth }) => oauth.authorizeUrl)
      .find(isLocalAddress);
    return standIn === undefined ? null : new URL(standIn).origin;
  }
}
