import { PickType } from '@nestjs/swagger';
import { ListNotificationsQuery } from './list-notifications.query.js';

export class ReadAllQuery extends PickType(ListNotificationsQuery, ['kind']) {}
