import { configSlice } from '../platform/config/config-slice.js';
import { text } from '../platform/config/variables.js';

export class AboutConfig {
  constructor(
    /** The commit this build was made from, where whoever built it says so. */
    readonly sourceCommit: string | undefined,
  ) {}
}

export const aboutConfig = configSlice(
  AboutConfig,
  {
    SOURCE_COMMIT: text()
      .regex(/^[0-9a-f]{7,64}$/, { error: 'must be the hexadecimal digits of a commit' })
      .optional(),
  },
  (env) => new AboutConfig(env.SOURCE_COMMIT),
);
