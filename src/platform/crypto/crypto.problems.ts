import { defineProblem } from '../errors/problem.js';

export const sealBroken = defineProblem('crypto/tampered', 'unexpected', {
  fr: 'Une donnée chiffrée a été altérée ou déplacée',
  en: 'An encrypted value was altered or moved',
});
