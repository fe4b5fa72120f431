/** What a failed try means for the mail. */
export interface SendFailure {
  /** A server will never take this mail for this mailbox; otherwise another try may succeed. */
  isRefusal: boolean;
  /** The server takes nobody's mail at the moment, so that the next mail need not find out for itself. */
  isServerAway: boolean;
  /** May be kept and shown: a stage and a code, never a server's words, which may quote the mail. */
  code: string;
}

/** As nodemailer throws them. */
interface SmtpError {
  code?: unknown;
  command?: unknown;
  responseCode?: unknown;
  originalCode?: unknown;
  timeoutType?: unknown;
  message?: unknown;
}

const STAGES: Readonly<Record<string, string>> = { 'MAIL FROM': 'sender', 'RCPT TO': 'recipient', DATA: 'message' };

/** The login is missing, wrong or not possible now: a fault of the configuration, which somebody will mend. */
const LOGIN_CODES = new Set([454, 530, 534, 535, 538]);

const UNREACHABLE = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);
const NEVER_BEGAN = new Set(['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT']);

/** sysexits.h: what a sendmail program ends with when the mail itself is at fault. */
const REFUSED_BY_SENDMAIL = new Set([64, 65, 67, 68]);

export function toSendFailure(error: unknown): SendFailure {
  const found = (error ?? {}) as SmtpError;
  const exit = exitCodeOf(found);
  if (exit !== null) {
    return { isRefusal: REFUSED_BY_SENDMAIL.has(exit), isServerAway: false, code: `sendmail/exit-${exit}` };
  }
  return typeof found.responseCode === 'number' ? answered(found, found.responseCode) : unanswered(found);
}

function answered({ command }: SmtpError, status: number): SendFailure {
  const stage = STAGES[String(command)];
  if (LOGIN_CODES.has(status) || String(command).startsWith('AUTH')) {
    return { isRefusal: false, isServerAway: true, code: `smtp/login-${status}` };
  }
  // Before the sender is named, nothing that is said is about this mail; and 421 ends the session, whenever it comes.
  if (stage === undefined || status === 421) {
    return { isRefusal: false, isServerAway: true, code: `smtp/server-${status}` };
  }
  return { isRefusal: status >= 500, isServerAway: false, code: `smtp/${stage}-${status}` };
}

/** No answer came, or the line was cut: whether the server has the mail is not known, so that it is to be tried again. */
function unanswered({ code, originalCode, timeoutType }: SmtpError): SendFailure {
  const later = (word: string, isServerAway = false): SendFailure => ({ isRefusal: false, isServerAway, code: word });
  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'EOAUTH2') return later('smtp/login-failed', true);
  if (code === 'EDNS' || UNREACHABLE.has(String(originalCode))) return later('smtp/unreachable', true);
  if (code === 'ETLS') return later('smtp/tls-failed', true);
  if (code === 'ETIMEDOUT') return later('smtp/timeout', NEVER_BEGAN.has(String(timeoutType)));
  if (code === 'EABORT') return later('smtp/timeout');
  if (code === 'ECONNECTION' || code === 'ESOCKET') return later('smtp/connection-lost');
  // The addresses cannot be put into words that this server understands, and never will be.
  if (code === 'EENVELOPE') return { ...later('smtp/address-unusable'), isRefusal: true };
  if (code === 'ENOENT' || code === 'EACCES') return later('sendmail/not-found', true);
  return later(
    typeof code === 'string' && /^[\w-]{1,40}$/.test(code) ? `mail/${code.toLowerCase()}` : 'mail/unexpected',
  );
}

/** nodemailer tells it in words alone. */
function exitCodeOf({ message }: SmtpError): number | null {
  const [, exit] = /^Sendmail exited with code (\d+)$/.exec(String(message)) ?? [];
  return exit === undefined ? null : Number(exit);
}
