import { describe, expect, it } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata.js';
import '../src/app.module.js';
import { isTranslated } from '../src/platform/http/field-messages.js';

/** Rules about whether to look, not about what is right. */
const SILENT = new Set(['isOptional', 'conditionalValidation']);

describe('what is said of a faulty field', () => {
  it('has French for every rule that any body or query is checked by', () => {
    const byClass = getMetadataStorage()['validationMetadatas'] as Map<unknown, ValidationMetadata[]>;
    const used = [...byClass.values()].flat().map(({ name, type }) => name ?? type);
    expect(used.length).toBeGreaterThan(100);
    expect([...new Set(used)].filter((rule) => !SILENT.has(rule) && !isTranslated(rule))).toEqual([]);
  });
});
