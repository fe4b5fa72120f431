/** LONG_TESTS=1 looks at all of what is looked at in a sample otherwise (CONTRIBUTING.md). */
export const IS_LONG = process.env['LONG_TESTS'] === '1';
