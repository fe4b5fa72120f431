import { GraphError } from './graph-error.js';
import { post } from './http-post.js';
import { newGuid } from './ids.js';

const failed = (reason: string) =>
  new GraphError(400, 'InvalidRequest', `Subscription validation request failed. ${reason}`);

/**
 * Asks whether somebody at the address wants to hear from us, before a subscription exists (contract 9): 200, plain text,
 * and the token decoded, nothing more. The token holds what a careless answer would spoil: blanks, a plus, a percent sign.
 */
export async function validateUrl(url: string, timeoutMs: number, signal: AbortSignal): Promise<void> {
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${newGuid()} 1+1 100% é&"<>`;
  const address = `${url}${url.includes('?') ? '&' : '?'}validationToken=${encodeURIComponent(token)}`;
  const outcome = await post({ url: address, contentType: 'text/plain; charset=utf-8', body: '', timeoutMs, signal });
  if ('error' in outcome) {
    throw failed(
      outcome.error === 'timeout' ? 'The request timed out.' : 'Notification endpoint could not be reached.',
    );
  }
  if (outcome.status !== 200)
    throw failed(`Notification endpoint must respond with 200 OK to validation request, not ${outcome.status}.`);
  if (!/^text\/plain(;|$)/i.test(outcome.contentType)) {
    throw failed(`The content type of the validation response must be text/plain, not '${outcome.contentType}'.`);
  }
  if (outcome.body !== token) throw failed('The content of the validation response does not match the expected value.');
}
