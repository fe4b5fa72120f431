import { Body, Controller, Get, Header, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { bodyMalformed, requestInvalid } from '../platform/errors/platform.problems.js';
import { toMeDto, toTokensDto } from './accounts.mapper.js';
import {
  accountsBusy,
  credentialsInvalid,
  emailTaken,
  passwordCommon,
  passwordLoginOff,
  passwordNotUsed,
  passwordUnchanged,
  passwordWrong,
  refreshRaced,
  refreshTokenInvalid,
  registrationClosed,
  sessionInvalid,
  sessionRequired,
  tokenKeysUnavailable,
  tooManyAttempts,
} from './accounts.problems.js';
import { ChangePasswordDto } from './dto/change-password.dto.js';
import { LoginDto } from './dto/login.dto.js';
import { MeDto } from './dto/me.dto.js';
import { RefreshDto } from './dto/refresh.dto.js';
import { RegisterDto } from './dto/register.dto.js';
import { SuccessDto } from './dto/success.dto.js';
import { TokensDto } from './dto/tokens.dto.js';
import { Login } from './login.service.js';
import { PasswordChange } from './password-change.service.js';
import { Profile } from './profile.service.js';
import { Registration } from './registration.service.js';
import { CurrentSession, Public } from './session.decorators.js';
import type { Session } from './session.js';
import { Sessions } from './sessions.service.js';

@ApiTags('Accounts')
@Controller('api/auth')
export class AuthController {
  constructor(
    private readonly registration: Registration,
    private readonly login: Login,
    private readonly sessions: Sessions,
    private readonly profile: Profile,
    private readonly passwordChange: PasswordChange,
  ) {}

  @Public()
  @Post('register')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Create an organization and its owner, while registration is open' })
  @ApiCreatedResponse({ type: TokensDto })
  @ApiProblems(
    bodyMalformed,
    requestInvalid,
    passwordCommon,
    registrationClosed,
    passwordLoginOff,
    emailTaken,
    tooManyAttempts,
    accountsBusy,
  )
  async register(@Body() body: RegisterDto): Promise<TokensDto> {
    const { organization_name: organizationName, name, email, password } = body;
    return toTokensDto(await this.registration.register({ organizationName, name, email, password }));
  }

  @Public()
  @Post('login')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Sign in with e-mail address and password' })
  @ApiOkResponse({ type: TokensDto })
  @ApiProblems(bodyMalformed, requestInvalid, credentialsInvalid, passwordLoginOff, tooManyAttempts, accountsBusy)
  async logIn(@Body() { email, password }: LoginDto): Promise<TokensDto> {
    return toTokensDto(await this.login.logIn(email, password));
  }

  @Public()
  @Post('refresh')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'Renew the session',
    description:
      'Spends the refresh token and answers the next one. A token that comes back after it was spent ends the session. ' +
      'Of requests with one token that meet here at the same moment one is served; the others get 409 and should use ' +
      'the tokens of the one that won.',
  })
  @ApiOkResponse({ type: TokensDto })
  @ApiProblems(bodyMalformed, requestInvalid, refreshTokenInvalid, passwordLoginOff, refreshRaced)
  async refresh(@Body() { refresh_token: refreshToken }: RefreshDto): Promise<TokensDto> {
    return toTokensDto(await this.sessions.refresh(refreshToken));
  }

  @Post('logout')
  @HttpCode(200)
  @ApiBearerAuth()
  @ApiOperation({ summary: 'End this session, with its refresh tokens and open sockets' })
  @ApiOkResponse({ type: SuccessDto })
  @ApiProblems(sessionRequired, sessionInvalid, tokenKeysUnavailable)
  async logOut(@CurrentSession() session: Session): Promise<SuccessDto> {
    await this.sessions.logOut(session);
    return { success: true };
  }

  @Post('password')
  @HttpCode(200)
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Change one’s password',
    description:
      'The current password is asked for; wrong ones count like those at sign-in. All other sessions of the person end, ' +
      'with their sockets; the one that asks goes on. Who comes with tokens of a host application alone gets 409.',
  })
  @ApiOkResponse({ type: SuccessDto })
  @ApiProblems(
    bodyMalformed,
    requestInvalid,
    passwordWrong,
    passwordUnchanged,
    passwordCommon,
    sessionRequired,
    sessionInvalid,
    passwordLoginOff,
    passwordNotUsed,
    tooManyAttempts,
    accountsBusy,
    tokenKeysUnavailable,
  )
  async changePassword(@CurrentSession() session: Session, @Body() body: ChangePasswordDto): Promise<SuccessDto> {
    const { current_password: currentPassword, new_password: newPassword } = body;
    await this.passwordChange.change(session, currentPassword, newPassword);
    return { success: true };
  }

  @Get('me')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Who is signed in, and for which organization' })
  @ApiOkResponse({ type: MeDto })
  @ApiProblems(sessionRequired, sessionInvalid, tokenKeysUnavailable)
  async me(@CurrentSession() session: Session): Promise<MeDto> {
    return toMeDto(await this.profile.get(session));
  }
}
