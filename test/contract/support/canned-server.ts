import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CannedAnswer {
  status?: number;
  type?: string;
  headers?: Readonly<Record<string, string>>;
  /** Here and in headers, `{{base}}` stands for the server's own address. */
  body: string;
}

export interface CannedServer {
  readonly url: string;
  /** Method and address of each request so far. */
  readonly asked: string[];
  /** What comes next; the last answer is given again for ever. */
  answer(answers: readonly CannedAnswer[]): void;
  close(): Promise<void>;
}

/** A provider that answers what it is told to, right or wrong. */
export async function startCannedServer(): Promise<CannedServer> {
  let answers: CannedAnswer[] = [];
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume();
    const { status = 200, type = 'application/json', headers = {}, body } = next();
    const sent = Object.entries(headers).map(([name, value]) => [name, here(value)]);
    response.writeHead(status, { 'content-type': type, ...Object.fromEntries(sent) }).end(here(body));
  });
  const here = (content: string) => content.replaceAll('{{base}}', url);
  const next = () => (answers.length > 1 ? answers.shift()! : answers[0]!);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    answer: (given) => {
      answers = [...given];
      asked.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
