import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What becomes of an answer with status 200. */
export type Lie = (body: string) => { body: string; type?: string; cutAfter?: number };

/**
 * Stands between the application and a provider, and hands everything on as it is; until it is told to lie about the
 * next readings. For answers that no honest stand-in gives: with status 200, and wrong all the same.
 */
export class LyingProxy {
  private lie: Lie | null = null;
  private target = '';
  private readonly server = createServer((incoming, outgoing) => {
    this.handle(incoming, outgoing).catch(() => outgoing.destroy());
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
  }

  /** The address that stands for one of the provider's, whose host is learnt with it. */
  inPlaceOf(address: string): string {
    this.target = new URL(address).origin;
    return address.replace(this.target, this.url);
  }

  /** Each GET answered with 200, until `tellTruth`. */
  tell(lie: Lie): void {
    this.lie = lie;
  }

  tellTruth(): void {
    this.lie = null;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => {
      this.server.close(resolve);
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const sent = await buffer(incoming);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const { method, headers } = incoming;
      request(`${this.target}${incoming.url}`, { method, headers }, resolve).on('error', reject).end(sent);
    });
    const headers = { ...answer.headers };
    delete headers['content-length'];
    delete headers['transfer-encoding'];
    // Paging links lead to where they came from.
    const body = (await buffer(answer)).toString().replaceAll(this.target, this.url);
    const isLie = this.lie !== null && incoming.method === 'GET' && answer.statusCode === 200;
    const told = isLie ? this.lie!(body) : { body };
    if (told.type !== undefined) headers['content-type'] = told.type;
    outgoing.writeHead(answer.statusCode!, { ...headers, 'content-length': Buffer.byteLength(told.body) });
    if (told.cutAfter === undefined) return void outgoing.end(told.body);
    outgoing.write(told.body.slice(0, told.cutAfter), () => outgoing.destroy());
  }
}
