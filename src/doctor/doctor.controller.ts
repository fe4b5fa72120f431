import { Controller, Get, Header } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, RequiresRole, roleRequired, type Session, sessionRequired } from '../accounts/index.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { Doctor } from './doctor.service.js';
import { DiagnosisDto, toDiagnosisDto } from './dto/diagnosis.dto.js';

@ApiTags('Exploitation')
@ApiBearerAuth()
@RequiresRole('admin')
@Controller('api/doctor')
export class DoctorController {
  constructor(private readonly doctor: Doctor) {}

  @Get()
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'What is wrong with this installation and the connections of the organization, and what to do',
  })
  @ApiOkResponse({ type: DiagnosisDto })
  @ApiProblems(sessionRequired, roleRequired)
  async examine(@CurrentSession() { organizationId }: Session): Promise<DiagnosisDto> {
    return toDiagnosisDto(await this.doctor.examine({ organizationId }));
  }
}
