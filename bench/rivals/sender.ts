// Sends requests that are ready over so many connections, each one's next as soon as its last is answered, and times
// every answer. A process of its own, and hardly more than sockets: what it costs, both sides of a comparison pay.
import { connect } from 'node:net';
import { requestOf } from '../deliveries.js';
import { deliveryOf } from '../deliveries.js';
import type { Sent, SendOrder } from './messages.js';

process.on('message', (order: SendOrder) => {
  void send(order).then((sent) => process.send?.(sent));
});
process.once('disconnect', () => process.exit(0));

async function send(order: SendOrder): Promise<Sent> {
  const { address, connections, label, count } = order;
  const requests = Array.from({ length: count }, (_, index) =>
    requestOf(
      address,
      deliveryOf({
        label: `${label}-${index}`,
        email: `${label}.${index % 997}@example.test`,
        name: `Invitée ${index % 997}`,
        place: index,
      }),
    ),
  );
  const { hostname, port } = new URL(address.url);
  const times: number[] = [];
  let [next, refused] = [0, 0];
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: connections }, () => work()));
  const ms = performance.now() - startedAt;
  return { ms, answered: times.length, refused, times };

  function work(): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      let sentAt = 0;
      let answer = '';
      const sendNext = () => {
        const request = requests[next];
        next += 1;
        if (request === undefined) {
          socket.end();
          resolve();
          return;
        }
        sentAt = performance.now();
        socket.write(request);
      };
      socket.setNoDelay(true);
      socket.once('connect', sendNext);
      socket.once('error', reject);
      socket.on('data', (chunk: Buffer) => {
        answer += chunk.toString('latin1');
        const status = statusOfWhole(answer);
        if (status === null) return;
        answer = '';
        if (status === 200) times.push(performance.now() - sentAt);
        else refused += 1;
        sendNext();
      });
    });
  }
}

/** Null while there is more to come. */
function statusOfWhole(answer: string): number | null {
  const end = answer.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const length = Number(/content-length: (\d+)/i.exec(answer)?.[1] ?? 0);
  return answer.length < end + 4 + length ? null : Number(answer.slice(9, 12));
}
