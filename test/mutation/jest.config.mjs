// For scripts/mutation.mjs, which says which tests: one project, and no PostgreSQL of its own.
import jestConfig from '../../jest.config.mjs';

const { displayName: _, ...unit } = jestConfig.projects[0];

export default { ...unit, rootDir: '../..', testTimeout: jestConfig.testTimeout };
