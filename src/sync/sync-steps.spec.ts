import { describe, expect, it } from '@jest/globals';
import { ProviderError } from '../integrations/index.js';
import { CallTrace } from '../platform/egress/call-trace.js';
import { lastCall, saidBy, type SyncStep, withStep } from './sync-steps.js';

const AT = '2026-01-16T15:30:00.000Z';

const pages = (count: number) =>
  Array.from({ length: count }, (_, index): SyncStep => ({ at: AT, kind: 'page_read', page: index + 1 }));

const pagesOf = (steps: readonly SyncStep[]) => steps.map(({ kind, page }) => page ?? kind);

describe('the log of a reading', () => {
  it('keeps every step of a short one', () => {
    const steps = pages(60).reduce<SyncStep[]>(withStep, []);
    expect(steps).toEqual(pages(60));
  });

  it('keeps how a long one began and how it ended, and counts what lay between', () => {
    const steps = pages(1_000).reduce<SyncStep[]>(withStep, []);
    expect(steps).toHaveLength(61);
    expect(pagesOf(steps).slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(steps[20]).toEqual({ at: AT, kind: 'left_out', counts: { steps: 940 } });
    expect(pagesOf(steps).slice(21)).toEqual(Array.from({ length: 40 }, (_, index) => 961 + index));
  });

  it('leaves the list it was given as it was', () => {
    const steps = pages(60);
    withStep(steps, { at: AT, kind: 'succeeded' });
    expect(steps).toEqual(pages(60));
  });
});

describe('the last call', () => {
  const during = (status: number, requestId: string | null) =>
    new CallTrace().during(async () => {
      CallTrace.current()?.note({ status, requestId });
      await Promise.resolve();
      return [lastCall(), lastCall()];
    });

  it('is told once, by its name alone when it was answered', async () => {
    expect(await during(200, 'a-1')).toEqual([{ request_id: 'a-1' }, {}]);
  });

  it('is told with its status when it was refused, or had no answer', async () => {
    expect(await during(410, null)).toEqual([{ status: 410 }, {}]);
    expect(await during(0, null)).toEqual([{ status: 0 }, {}]);
  });

  it('is nobody’s outside of a reading', () => {
    expect(lastCall()).toEqual({});
  });
});

describe('the provider’s word', () => {
  it('is told of a position that it has forgotten, and of nothing else', () => {
    expect(saidBy(new ProviderError({ kind: 'cursor-expired', word: 'fullSyncRequired' }))).toEqual({
      said: 'fullSyncRequired',
    });
    expect(saidBy(new ProviderError({ kind: 'cursor-expired' }))).toEqual({});
    expect(saidBy(new ProviderError({ kind: 'gone' }))).toEqual({});
  });
});
