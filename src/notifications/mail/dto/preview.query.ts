import { IsIn, IsOptional } from 'class-validator';
import type { Locale } from '../../../platform/errors/problem.js';

export class PreviewQuery {
  @IsOptional()
  @IsIn(['fr', 'en'])
  locale: Locale = 'fr';

  @IsOptional()
  @IsIn(['html', 'text'])
  format: 'html' | 'text' = 'html';
}
