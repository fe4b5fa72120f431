/** The envelope of every answer but the OAuth 2.0 ones (contract 2). */
export function success<T>(data: T): { status: 'success'; data: T } {
  return { status: 'success', data };
}
