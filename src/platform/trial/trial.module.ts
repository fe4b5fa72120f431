import { type DynamicModule, Module } from '@nestjs/common';
import { PageFiles } from './page-files.js';
import { TrialConfig } from './trial.config.js';
import { TrialController } from './trial.controller.js';
import { TrialOffer } from './trial-offer.js';
import { TrialPages } from './trial-pages.js';

@Module({ providers: [TrialOffer, TrialPages, PageFiles], exports: [TrialOffer, TrialPages] })
export class TrialModule {
  /** Where the page is not served, its addresses do not exist either. */
  static for(config: TrialConfig): DynamicModule {
    return { module: TrialModule, global: true, controllers: config.servesPage ? [TrialController] : [] };
  }
}
