// `node --import ./test/support/register-typescript.mjs some.ts`
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
