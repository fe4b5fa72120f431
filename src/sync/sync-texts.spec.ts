import { describe, expect, it } from '@jest/globals';
import { isTakeover, NO_COUNTS, type SyncTrigger } from './sync-run.js';
import { summaryText } from './sync-texts.js';

function summary(isRecovery: boolean, created: number, prospects: number, locale: 'fr' | 'en') {
  return summaryText(isRecovery, 'Calendly', { ...NO_COUNTS, created, prospects_created: prospects }, locale);
}

describe('the summary of a reading', () => {
  it.each([
    [0, 0, '0 rendez-vous importé, 0 nouveau prospect'],
    [1, 1, '1 rendez-vous importé, 1 nouveau prospect'],
    [12, 3, '12 rendez-vous importés, 3 nouveaux prospects'],
  ])('tells in French what an import of %i and %i brought', (created, prospects, message) => {
    expect(summary(false, created, prospects, 'fr')).toEqual({ title: 'Import Calendly terminé', message });
  });

  it.each([
    [0, 0, '0 appointments imported, 0 new prospects'],
    [1, 1, '1 appointment imported, 1 new prospect'],
    [12, 3, '12 appointments imported, 3 new prospects'],
  ])('tells in English what an import of %i and %i brought', (created, prospects, message) => {
    expect(summary(false, created, prospects, 'en')).toEqual({ title: 'Calendly import finished', message });
  });

  it.each([
    [0, '0 rendez-vous manqué a été rattrapé', '0 appointments missed meanwhile were recovered'],
    [1, '1 rendez-vous manqué a été rattrapé', '1 appointment missed meanwhile was recovered'],
    [2, '2 rendez-vous manqués ont été rattrapés', '2 appointments missed meanwhile were recovered'],
  ])('tells what a gap had hidden (%i)', (created, french, english) => {
    expect(summary(true, created, 0, 'fr')).toEqual({
      title: 'Notifications Calendly rétablies',
      message: `La réception en temps réel était interrompue ; ${french}`,
    });
    expect(summary(true, created, 0, 'en')).toEqual({
      title: 'Calendly push restored',
      message: `Real-time delivery was interrupted; ${english}`,
    });
  });
});

describe('a reading', () => {
  it.each<[SyncTrigger, boolean]>([
    ['initial', true],
    ['backfill', true],
    ['schedule', false],
    ['manual', false],
    ['recovery', false],
  ])('for %s takes over in silence: %s', (trigger, silent) => {
    expect(isTakeover(trigger)).toBe(silent);
  });
});
