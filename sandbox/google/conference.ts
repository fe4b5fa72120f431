import { createHash } from 'node:crypto';
import { invalid } from './api-error.js';
import type { ConferenceData } from './event-body.js';
import { isObject } from './merge.js';

/** What a write of the first data version makes of the conference an event has. Null: none any more. */
export function changeConference(
  existing: ConferenceData | undefined,
  given: Record<string, unknown> | null,
  allowedTypes: readonly string[],
): ConferenceData | null {
  if (given === null) return null;
  const request = given['createRequest'];
  if (!isObject(request)) return copyOf(given);
  const requestId = request['requestId'];
  const key = request['conferenceSolutionKey'];
  const type = isObject(key) ? key['type'] : undefined;
  if (typeof requestId !== 'string' || requestId === '') throw invalid('Missing conference request id.');
  // The same request again is passed over (contract 7), whatever else comes with it.
  if (existing?.createRequest?.requestId === requestId) return existing;
  if (typeof type !== 'string' || !allowedTypes.includes(type)) throw invalid('Invalid conference type value.');
  const createRequest = { requestId, conferenceSolutionKey: { type }, status: { statusCode: 'pending' as const } };
  return { createRequest };
}

export function isPending(conference: ConferenceData | undefined): boolean {
  return conference?.createRequest?.status.statusCode === 'pending';
}

/** What becomes of a pending conference once Google has made it. */
export function finish(conference: ConferenceData): ConferenceData {
  const { createRequest } = conference;
  if (!createRequest) return conference;
  const code = codeOf(createRequest.requestId);
  return {
    createRequest: { ...createRequest, status: { statusCode: 'success' } },
    conferenceId: code,
    conferenceSolution: {
      key: createRequest.conferenceSolutionKey,
      name: 'Google Meet',
      iconUri:
        'https://fonts.gstatic.com/s/i/productlogos/meet_2020q4/v6/web-512dp/logo_meet_2020q4_color_2x_web_512dp.png',
    },
    entryPoints: [
      { entryPointType: 'video', uri: `https://meet.google.com/${code}`, label: `meet.google.com/${code}` },
    ] as ConferenceData['entryPoints'] & unknown[],
    signature: createHash('sha256').update(`signature ${code}`).digest('base64'),
  };
}

export function linkOf(conference: ConferenceData | undefined): string | null {
  const video = conference?.entryPoints?.find((entryPoint) => entryPoint.entryPointType === 'video');
  return video?.uri.startsWith('https://meet.google.com/') ? video.uri : null;
}

function copyOf(given: Record<string, unknown>): ConferenceData {
  const isWhole = isObject(given['conferenceSolution']) && Array.isArray(given['entryPoints']);
  if (!isWhole) throw invalid('Invalid conference data.');
  return given;
}

/** Ten letters, as Meet names its rooms: `aaa-bbbb-ccc`. */
function codeOf(requestId: string): string {
  const letters = [...createHash('sha256').update(requestId).digest()]
    .slice(0, 10)
    .map((byte) => String.fromCharCode(97 + (byte % 26)))
    .join('');
  return `${letters.slice(0, 3)}-${letters.slice(3, 7)}-${letters.slice(7)}`;
}
