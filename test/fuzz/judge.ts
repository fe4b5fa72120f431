import type { Answer } from '../support/app.js';
import type { ApiDescription, Operation } from './api-description.js';
import type { FuzzRequest } from './requests.js';

/**
 * What the server may answer before it has looked which route is asked: said once for all routes in the introduction of
 * the document.
 */
const BEFORE_ANY_ROUTE: ReadonlySet<string> = new Set([
  'request/address-invalid',
  'request/headers-too-large',
  'request/body-malformed',
  'request/body-too-large',
  'request/media-type-unsupported',
]);

/** Words of our own house that no answer needs. */
const INNER_WORDS = /node_modules|\.ts:\d|\.js:\d+:\d|at \w+ \(|QueryFailedError|pg_|ECONNREFUSED|SELECT .* FROM/;

/** What is wrong with an answer: nothing, when the list is empty. */
export function judge(api: ApiDescription, operation: Operation, request: FuzzRequest, answer: Answer): string[] {
  const mediaType = (answer.headers['content-type'] ?? '').split(';')[0] ?? '';
  const described = operation.responses[answer.status];
  const faults: string[] = [];
  if (answer.status >= 500) faults.push(`a ${answer.status}`);
  if (INNER_WORDS.test(answer.text)) faults.push('it shows what is inside');
  if (!described && !BEFORE_ANY_ROUTE.has(answer.body?.code)) faults.push(`${answer.status} is not documented`);
  if (answer.status >= 400 && mediaType !== 'application/problem+json') faults.push(`a refusal as ${mediaType}`);
  faults.push(...(described ? bodyFaults(api, described.content ?? {}, mediaType, answer) : []));
  if (answer.status < 300 && contradicts(api, operation, request)) {
    faults.push(`it takes what its document forbids: ${api.faultsOf(operation.body!, request.body).join('; ')}`);
  }
  return faults;
}

function bodyFaults(
  api: ApiDescription,
  content: NonNullable<Operation['responses'][string]['content']>,
  mediaType: string,
  answer: Answer,
): string[] {
  if (Object.keys(content).length === 0) return answer.text === '' ? [] : ['a body where none is documented'];
  const described = content[mediaType];
  if (!described) return [`the type ${mediaType || 'of nothing'} is not documented`];
  if (!described.schema || !mediaType.includes('json')) return [];
  return api.faultsOf(described.schema, answer.body).map((fault) => `its body: ${fault}`);
}

/** Of bodies that are only kept as bytes, the document says no more than that they are objects. */
function contradicts(api: ApiDescription, { body }: Operation, request: FuzzRequest): boolean {
  if (!body || !api.resolve(body).properties) return false;
  return api.faultsOf(body, JSON.parse(JSON.stringify(request.body ?? null))).length > 0;
}
