import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { describeInBrowser } from './support/visitor.js';

const TOUR = fileURLToPath(new URL('../../scripts/tour.mjs', import.meta.url));

// Beside the browser’s walks for the build that they have.
describeInBrowser('the tour in a terminal', () => {
  it('does all that the first five minutes promise with an instance of its own, says so line by line, and ends well', async () => {
    const build = ['--dist', process.env['PASSERELLE_BROWSER_SERVER'] ?? ''];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [TOUR, ...build]);

    expect(stderr).toBe('');
    const lines = stdout.split('\n').map((line) => line.trim());
    expect(
      lines.filter((line) => line.startsWith('✔')).map((line) => line.replaceAll(/\d+(,\d)? (s|ms)\b/g, '…')),
    ).toEqual([
      '✔ Instance neuve prête en … : PostgreSQL, serveur, quatre services simulés',
      '✔ Connecté : demo@passerelle.test, socket ouvert',
      '✔ Calendly connecté (nora@example.test) : 15 rendez-vous importés, 13 prospects',
      '✔ Zoé Martin réserve : prospect, note, notification et e-mail ; entendu par le socket en …',
      '✔ Second rendez-vous, même e-mail : une seule fiche, deux notes',
      '✔ Rendez-vous annulé : barré dans la fiche, l’autre reste',
      '✔ Livraison invitee.canceled rejouée : aucun effet, tout était déjà traité',
      expect.stringMatching(/^✔ Google connecté \(camille@example.test\) : \d+ événements dans les sept jours$/),
      '✔ Formation « Sécurité incendie » exportée : elle est dans l’agenda Google',
      '✔ Accès retiré : « À reconnecter », et chacun sait pourquoi',
      '✔ Reconnecté : rien de perdu, le rendez-vous suivant arrive',
    ]);
    expect(lines).toContainEqual(
      expect.stringMatching(/^Rendez-vous Calendly prévu le \d\d\/\d\d\/\d{4} 14:00:00 - Découverte 30min$/),
    );
    expect(lines).toContainEqual(expect.stringContaining('Les nouveaux rendez-vous n’arrivent plus'));
  });
});
