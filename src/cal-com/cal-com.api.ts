import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { ProviderError, toProviderError } from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import { EgressClient, type EgressRequest, type EgressResponse } from '../platform/egress/egress.client.js';
import { CalComConfig } from './cal-com.config.js';
import { toApiError, toClientError } from './cal-com.errors.js';
import { CAL_COM } from './cal-com.profile.js';

export type CalComRequest = Pick<EgressRequest, 'method' | 'path' | 'query' | 'body' | 'answer'> & {
  /** Of endpoints that have several forms. */
  readonly version?: string;
};

const envelope = z.object({ status: z.literal('success'), data: z.unknown() });

/**
 * One request to Cal.com and its answer. In a person's name it carries their token, in the client's its id and secret:
 * never both, because beside a secret a token is not looked at. A server sends no `Origin`.
 */
@Injectable()
export class CalComApi {
  constructor(
    private readonly config: CalComConfig,
    private readonly egress: EgressClient,
    private readonly clock: Clock,
  ) {}

  async asUser<Wire extends z.ZodType>(
    accessToken: string,
    request: CalComRequest,
    wire: Wire,
  ): Promise<z.output<Wire>> {
    const response = await this.callAsUser(accessToken, request);
    if (response.status >= 300) throw toApiError(response, this.clock.now());
    return this.checkData(response, wire);
  }

  /** For answers that have something beside their data. */
  async asUserWhole<Wire extends z.ZodType>(
    accessToken: string,
    request: CalComRequest,
    wire: Wire,
  ): Promise<z.output<Wire>> {
    const response = await this.callAsUser(accessToken, request);
    if (response.status >= 300) throw toApiError(response, this.clock.now());
    return this.check(response, wire);
  }

  callAsUser(accessToken: string, request: CalComRequest): Promise<EgressResponse> {
    return this.send(request, { authorization: `Bearer ${accessToken}` });
  }

  async asClient<Wire extends z.ZodType>(request: CalComRequest, wire: Wire): Promise<z.output<Wire>> {
    const response = await this.callAsClient(request);
    if (response.status >= 300) throw toClientError(response, this.clock.now());
    return this.checkData(response, wire);
  }

  /** The id is in the path as well; without it in a header too, calls are counted by address, with a stranger's limit. */
  callAsClient(request: CalComRequest): Promise<EgressResponse> {
    const { clientId = '', clientSecret = '' } = this.config;
    return this.send(request, { 'x-cal-client-id': clientId, 'x-cal-secret-key': clientSecret });
  }

  /** Without any of these: endpoints that are given what they need. */
  callPlain(request: CalComRequest): Promise<EgressResponse> {
    return this.send(request, {});
  }

  /** What stands in the usual envelope. */
  checkData<Wire extends z.ZodType>(response: EgressResponse, wire: Wire): z.output<Wire> {
    const { data } = this.check(response, envelope);
    return this.check({ body: data }, wire);
  }

  /** An answer that is not what the document promises is refused as a whole; half of it would pass for all of it. */
  check<Wire extends z.ZodType>({ body }: Pick<EgressResponse, 'body'>, wire: Wire): z.output<Wire> {
    const parsed = wire.safeParse(body);
    if (!parsed.success) throw new ProviderError({ kind: 'contract' });
    return parsed.data;
  }

  private async send(
    { version, ...request }: CalComRequest,
    credentials: Readonly<Record<string, string>>,
  ): Promise<EgressResponse> {
    const headers = { ...credentials, ...(version !== undefined && { 'cal-api-version': version }) };
    try {
      return await this.egress.request({ provider: CAL_COM.id, baseUrl: this.config.apiUrl, ...request, headers });
    } catch (error) {
      throw toProviderError(error);
    }
  }
}
