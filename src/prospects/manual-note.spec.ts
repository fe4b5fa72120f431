import { describe, expect, it } from '@jest/globals';
import { withoutAppointmentNotes } from './manual-note.js';

describe('a note that people write', () => {
  it('is what is left when the notes of appointments are taken out, wherever they stand', () => {
    const sent = 'Premier\n\nÀ moi\n\nDeuxième\n\nAussi à moi\n\nPremier';

    expect(withoutAppointmentNotes(sent, ['Premier', 'Deuxième'])).toBe('À moi\n\nAussi à moi');
  });

  it('loses a note of several paragraphs as a whole, and keeps paragraphs that only resemble a part of it', () => {
    const note = 'Rendez-vous\n\nQuestion : oui';

    expect(withoutAppointmentNotes(`${note}\n\nÀ moi`, ['Rendez-vous', note])).toBe('À moi');
    expect(withoutAppointmentNotes('Question : oui', [note])).toBe('Question : oui');
  });

  it('keeps single line breaks and drops what only separates paragraphs', () => {
    expect(withoutAppointmentNotes('\r\nUn\r\nDeux\r\n \t\r\n\r\nTrois\n', [])).toBe('Un\nDeux\n\nTrois');
    expect(withoutAppointmentNotes(' \n\n ', [])).toBe('');
  });

  it('is read quickly however long it is', () => {
    const long = '\n \n'.repeat(5_000) + 'x\n\n'.repeat(5_000);
    const begun = performance.now();

    withoutAppointmentNotes(
      long,
      Array.from({ length: 200 }, (_, index) => `note ${index}`),
    );

    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
