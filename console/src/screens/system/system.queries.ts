import { queryOptions } from '@tanstack/react-query';
import { Problem, toProblem } from '@passerelle/client';
import { bodyOf, type components, ORIGIN, rest } from '@/api/passerelle';

export type Diagnosis = components['schemas']['DiagnosisDto'];
export type Finding = components['schemas']['FindingDto'];
export type ProviderAddress = components['schemas']['ProviderAddressDto'];

export const metaQuery = queryOptions({
  queryKey: ['system', 'meta'],
  queryFn: () => bodyOf(rest.GET('/api/meta')),
});

export const doctorQuery = queryOptions({
  queryKey: ['system', 'doctor'],
  queryFn: () => bodyOf(rest.GET('/api/doctor')),
});

export interface Readiness {
  readonly isReady: boolean;
  readonly parts: readonly { readonly name: string; readonly isUp: boolean; readonly detail: string | null }[];
}

const AGAIN_MS = 15_000;

/** A server that is not ready says so with 503, and in the same words: that is an answer, not a failure. */
export const readinessQuery = queryOptions({
  queryKey: ['system', 'readiness'],
  queryFn: async (): Promise<Readiness> => {
    let response: Response;
    try {
      response = await fetch(new URL('/health/ready', ORIGIN), { cache: 'no-store' });
    } catch (cause) {
      throw new Problem({ status: 0, cause });
    }
    const body = (await response
      .clone()
      .json()
      .catch(() => null)) as { status?: string; details?: Record<string, Record<string, unknown>> } | null;
    if (body === null || (!response.ok && body.details === undefined)) throw await toProblem(response);
    return {
      isReady: response.ok,
      parts: Object.entries(body.details ?? {}).map(([name, { status, ...more }]) => ({
        name,
        isUp: status === 'up',
        detail: Object.values(more).find((value) => typeof value === 'string') ?? null,
      })),
    };
  },
  refetchInterval: AGAIN_MS,
});
