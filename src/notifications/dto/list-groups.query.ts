import { PickType } from '@nestjs/swagger';
import { PageQuery } from '../../platform/http/page-query.dto.js';

/** A month of kinds and days fits on one page. */
export class ListGroupsQuery extends PickType(PageQuery, ['limit']) {
  override limit: number = 50;
}
