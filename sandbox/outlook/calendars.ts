import { randomBytes, randomUUID } from 'node:crypto';
import { newCore } from './ids.js';
import type { Calendar } from './model.js';

export function newCalendar(
  { name, color = 'auto', isDefault = false }: { name: string; color?: string; isDefault?: boolean },
  seed: string = randomUUID(),
): Calendar {
  const core = newCore(`calendar/${seed}`);
  return {
    id: `AAMkAGI1Cal${core}AAA=`,
    name,
    color,
    hexColor: '',
    isDefault,
    canEdit: true,
    changeKey: core.slice(0, 24),
  };
}

export function newChangeKey(): string {
  return randomBytes(18).toString('base64');
}
