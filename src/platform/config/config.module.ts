import { type DynamicModule, Module } from '@nestjs/common';
import type { LoadedConfig } from './load-config.js';

/** Makes each validated slice injectable under its class, everywhere. */
@Module({})
export class ConfigModule {
  static of(config: LoadedConfig): DynamicModule {
    const providers = [...config].map(([token, value]) => ({ provide: token, useValue: value }));
    return { module: ConfigModule, global: true, providers, exports: providers.map(({ provide }) => provide) };
  }
}
