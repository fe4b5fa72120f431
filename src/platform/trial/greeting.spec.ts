import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { type Greeting, greeting } from './greeting.js';

const TRIAL: Greeting = {
  address: 'http://localhost:3000',
  sandboxUrl: 'http://127.0.0.1:4010',
  hasConsole: true,
  database: 'intégré, dans .passerelle',
  login: { email: 'demo@passerelle.test', password: 'passerelle-demo' },
  milliseconds: 1_234,
};

const say = (change: Partial<Greeting> = {}) => stripVTControlCharacters(greeting({ ...TRIAL, ...change }));

describe('the greeting', () => {
  it('tells where everything is, how to enter, and three things to try', () => {
    const text = say();
    expect(text).toContain('prête en 1.2 s');
    expect(text).toContain('http://localhost:3000/docs');
    expect(text).toContain('Console       http://localhost:3000/console/');
    expect(text).toContain('http://127.0.0.1:4010');
    expect(text).toContain('http://127.0.0.1:4010/mail/');
    expect(text).toContain('demo@passerelle.test / passerelle-demo');
    expect(text.match(/^ +[123]\. /gm)).toHaveLength(3);
  });

  it('leads to the page of the trial where no console is built', () => {
    const text = say({ hasConsole: false });
    expect(text).toContain('Page d’essai  http://localhost:3000\n');
    expect(text).not.toContain('console');
  });

  it('promises nothing of a sandbox that does not run', () => {
    const text = say({ sandboxUrl: undefined, login: undefined });
    expect(text).toContain('http://localhost:3000');
    expect(text).not.toMatch(/bac à sable|passerelle-demo|Et maintenant/i);
  });
});
