import { Module } from '@nestjs/common';
import { IntegrationsModule } from '../integrations/index.js';
import { About } from './about.service.js';
import { AboutController } from './about.controller.js';

/** What a front end asks before anybody has signed in. Last of the rooms: it says a word about each of the others. */
@Module({ imports: [IntegrationsModule], controllers: [AboutController], providers: [About] })
export class AboutModule {}
