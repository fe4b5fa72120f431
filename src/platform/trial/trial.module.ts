import { type DynamicModule, Module } from '@nestjs/common';
import { PageFiles } from './page-files.js';
import { TrialConfig } from './trial.config.js';
import { TrialController } from './trial.controller.js';
import { TrialOffer } from './trial-offer.js';

@Module({ providers: [TrialOffer], exports: [TrialOffer] })
export class TrialModule {
  /** Where the page is not served, its addresses do not exist either. */
  static for(config: TrialConfig): DynamicModule {
    return config.servesPage
      ? { module: TrialModule, controllers: [TrialController], providers: [PageFiles] }
      : { module: TrialModule };
  }
}
