/**
 * Paths that front ends and providers configured before `/api` existed, and where each lives now. This list is the only
 * place that knows them.
 */
const EXISTING_PATHS: readonly { from: RegExp; to: string; jsonOnly?: true }[] = [
  { from: /^\/(?:api\/)?auth\/calendly\/callback(?=$|\?)/, to: '/api/calendly/callback' },
  { from: /^\/api\/calendly\/webhook\.php(?=$|\?)/, to: '/api/calendly/webhook' },
  { from: /^\/calendly\/(?=.)/, to: '/api/calendly/' },
  // A browser that opens /prospects wants the page of that name, a program wants the list.
  { from: /^\/prospects(?=$|[/?])/, to: '/api/prospects', jsonOnly: true },
  { from: /^\/notifications(?=$|[/?])/, to: '/api/notifications', jsonOnly: true },
];

export function rewriteExistingPath(request: { url?: string; method?: string; headers: { accept?: string } }): string {
  // A request meant for a proxy names a whole address (RFC 9112 section 3.2.2). Whose it is, it does not decide.
  const url = (request.url ?? '/').replace(/^https?:\/\/[^/?#]*(?=\/)/i, '');
  // The provider's redirect opens the callback address in a browser: that is a page, only its POST is ours.
  if (request.method === 'GET' && isPageRequest(request) && url.includes('/callback')) return url;
  const match = EXISTING_PATHS.find(({ from, jsonOnly }) => from.test(url) && !(jsonOnly && isPageRequest(request)));
  return match ? url.replace(match.from, match.to) : url;
}

function isPageRequest(request: { headers: { accept?: string } }): boolean {
  return request.headers.accept?.includes('text/html') ?? false;
}
