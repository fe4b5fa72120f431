import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { UnitOfWork } from '../database/unit-of-work.js';

@Injectable()
export class DatabaseHealth {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly work: UnitOfWork,
  ) {}

  async check(): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check('database');
    try {
      await this.work.acrossOrganizations((tx) => tx.query('SELECT 1'));
      return indicator.up();
    } catch {
      return indicator.down();
    }
  }
}
