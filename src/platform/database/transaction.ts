import type { EntityManager } from 'typeorm';

export type Row = Record<string, unknown>;

/**
 * An open transaction. Whoever receives one may write, and may enqueue or publish, and everything becomes true together
 * at the commit. It is never kept beyond the function it was given to.
 */
export class Transaction {
  constructor(
    readonly manager: EntityManager,
    /** The organization whose rows this transaction works on; null in the few tasks that serve all of them. */
    readonly organizationId: string | null,
  ) {}

  /** Runs one statement and answers its rows, also for INSERT, UPDATE and DELETE with RETURNING. */
  async query<T extends object = Row>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return (await this.execute<T>(sql, parameters)).rows;
  }

  /** Runs one statement and answers how many rows it touched beside the rows it returned. */
  async execute<T extends object = Row>(
    sql: string,
    parameters: unknown[] = [],
  ): Promise<{ rows: T[]; count: number }> {
    const runner = this.manager.queryRunner;
    if (runner === undefined) {
      throw new Error('Transaction used outside the unit of work that opened it');
    }
    const result = await runner.query(sql, parameters, true);
    return { rows: (result.records ?? []) as T[], count: result.affected ?? result.records?.length ?? 0 };
  }
}
