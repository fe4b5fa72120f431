import { Injectable } from '@nestjs/common';
import { ProviderRegistry } from '../../integrations/index.js';
import { PlatformConfig } from '../../platform/config/platform.config.js';
import { EgressClient } from '../../platform/egress/egress.client.js';
import { EgressFailure } from '../../platform/egress/egress-failure.js';
import type { DoctorCheck, Finding } from '../finding.js';
import { finding } from '../finding-texts.js';
import { isLocal, isLoopback } from '../loopback.js';

const PATIENCE_MS = 8_000;

/** Whether providers can reach us where we say we are. Asked from here: what only they meet on the way is not seen. */
@Injectable()
export class PublicUrlCheck implements DoctorCheck {
  readonly name = 'public-url';

  constructor(
    private readonly config: PlatformConfig,
    private readonly registry: ProviderRegistry,
    private readonly egress: EgressClient,
  ) {}

  async examine(): Promise<Finding[]> {
    const { publicUrl } = this.config;
    const remote = this.registry
      .list()
      .filter(({ oauth }) => oauth.missingVariables.length === 0 && !isLoopback(oauth.authorizeUrl));
    const isUnreachable = remote.length > 0 && isLocal(publicUrl);
    const isPlain = publicUrl.startsWith('http:') && (this.config.production || (remote.length > 0 && !isUnreachable));
    return [
      ...(isUnreachable ? [finding('public-url/local')] : []),
      ...(isPlain ? [finding('public-url/not-https')] : []),
      // Production speaks https alone, to itself as well.
      ...(isPlain && this.config.production ? [] : await this.askOurselves(publicUrl)),
    ];
  }

  private async askOurselves(baseUrl: string): Promise<Finding[]> {
    try {
      const { status, body } = await this.egress.request({
        provider: 'doctor',
        baseUrl,
        method: 'GET',
        path: '/health/live',
        timeoutMs: PATIENCE_MS,
      });
      const isOurs = status === 200 && (body as { status?: unknown } | null)?.status === 'ok';
      return isOurs ? [] : [finding('public-url/somebody-else', { status })];
    } catch (error) {
      if (!(error instanceof EgressFailure)) throw error;
      return error.kind === 'not-json' || error.kind === 'too-large'
        ? [finding('public-url/somebody-else', { status: 200 })]
        : [finding('public-url/not-answering', { reason: error.code ?? error.kind })];
    }
  }
}
