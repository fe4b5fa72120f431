import { ApiProperty } from '@nestjs/swagger';
import { type ReplayPlan, type ReplayRun, REPLAY_STATES, type ReplayState } from '../replay-runs.js';
import { ReplayedDto } from './replay.dto.js';

export class BegunReplayDto extends ReplayedDto {
  @ApiProperty({
    type: String,
    nullable: true,
    example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f',
    description: 'What follows it and calls it off; null when nothing matched',
  })
  run_id!: string | null;
}

export class ReplayPlanDto {
  @ApiProperty({ example: 42, description: 'How many would be worked through again' })
  count!: number;

  @ApiProperty({ example: 3, description: 'Without their body: they would be passed over' })
  body_gone!: number;

  @ApiProperty({ example: 0, description: 'Waiting to be worked through anyway' })
  waiting!: number;

  @ApiProperty({ type: String, nullable: true, example: '2026-01-12T09:15:30.000Z' })
  oldest!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '2026-01-16T15:30:00.000Z' })
  newest!: string | null;
}

export class ReplayRunDto {
  @ApiProperty({ example: '0198f3c2-7a51-7cc3-98c4-dc0c0c07398f' })
  id!: string;

  @ApiProperty({ enum: REPLAY_STATES, example: 'running' })
  state!: ReplayState;

  @ApiProperty({ example: 42, description: 'How many were meant when it was asked for' })
  total!: number;

  @ApiProperty({
    example: 12,
    description: 'How many are through. One that fails again counts too: it is tried again by itself, like any other',
  })
  done!: number;

  @ApiProperty({ example: '2026-01-16T16:00:00.000Z' })
  created_at!: string;

  @ApiProperty({ type: String, nullable: true, example: null })
  finished_at!: string | null;
}

export function toReplayPlanDto(plan: ReplayPlan): ReplayPlanDto {
  return {
    count: plan.count,
    body_gone: plan.body_gone,
    waiting: plan.waiting,
    oldest: plan.oldest?.toISOString() ?? null,
    newest: plan.newest?.toISOString() ?? null,
  };
}

export function toReplayRunDto(run: ReplayRun): ReplayRunDto {
  return {
    id: run.id,
    state: run.state,
    total: run.total,
    done: run.done,
    created_at: run.created_at.toISOString(),
    finished_at: run.finished_at?.toISOString() ?? null,
  };
}
