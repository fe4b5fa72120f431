import { Module } from '@nestjs/common';
import { ConsoleController } from './console.controller.js';
import { ConsoleFolder } from './console-folder.js';
import { FrontDoorController } from './front-door.controller.js';

/** The trial page's module is global: the front door falls back on it. */
@Module({
  controllers: [ConsoleController, FrontDoorController],
  providers: [ConsoleFolder],
})
export class ConsoleModule {}
