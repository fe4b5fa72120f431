import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { StandInsController } from './stand-ins.controller.js';
import { StandIns } from './stand-ins.service.js';

/** For whoever tries the product out: what happens at the services, made to happen. */
@Module({ imports: [AccountsModule], controllers: [StandInsController], providers: [StandIns] })
export class StandInsModule {}
