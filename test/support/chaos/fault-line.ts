import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a line does to the bytes on it. */
export type Fault =
  /** Each piece, both ways, is so late. */
  | { kind: 'latency'; ms: number; jitterMs?: number }
  /** Accepts, takes, and never says anything again. */
  | { kind: 'hang' }
  /** A reset as soon as something is asked. */
  | { kind: 'reset' }
  /** The line ends, in order, after so many bytes of an answer. */
  | { kind: 'truncate'; bytes: number }
  /** Answers drip. */
  | { kind: 'slow'; bytesPerSecond: number }
  /** Somebody else answers, with these words, and whoever was asked hears nothing of it. */
  | { kind: 'impostor'; words: string }
  /** Nobody is at home: connections are ended before anything is said. */
  | { kind: 'refuse' };

/** Reads along on one connection. Answering `hold` stops the piece and everything on the line after it. */
export interface Listener {
  asked(bytes: Buffer): 'pass' | 'hold';
  answered(bytes: Buffer): 'pass' | 'hold';
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

const DEAF: Listener = { asked: () => 'pass', answered: () => 'pass' };
const DRIP_MS = 50;

/**
 * A TCP line between a process and what it talks to, for faults that neither end knows of. It stands outside the
 * product: there is nothing in it that could be left switched on.
 */
export class FaultLine {
  /** Makes whoever reads along on a new connection. */
  listen: () => Listener = () => DEAF;
  private fault: Fault | null = null;
  private isFrozen = false;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: () => Address,
  ) {}

  /** `target` is asked for each connection, because it may move. */
  static async open(target: () => Address): Promise<FaultLine> {
    const server = createServer();
    const line = new FaultLine(server, target);
    server.on('connection', (near) => line.join(near));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** From now on, also on connections that exist. */
  break(fault: Fault): void {
    this.fault = fault;
    if (fault.kind === 'refuse') for (const socket of this.sockets) socket.resetAndDestroy();
  }

  heal(): void {
    this.fault = null;
  }

  /** Nothing passes any more until `cut`: what is on its way stays there. */
  freeze(): void {
    this.isFrozen = true;
  }

  /** Ends all connections, at both ends, and lets new ones pass again. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
    this.isFrozen = false;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(near: Socket): void {
    if (this.fault?.kind === 'refuse') return void near.resetAndDestroy();
    const far = connect(this.target());
    const listener = this.listen();
    let answeredBytes = 0;
    this.tie(near, far);
    this.pass(near, far, (bytes) => {
      if (this.fault?.kind === 'reset') near.resetAndDestroy();
      if (this.fault?.kind === 'impostor') {
        near.end(this.fault.words);
        return 'hold';
      }
      return listener.asked(bytes);
    });
    this.pass(far, near, (bytes) => {
      answeredBytes += bytes.length;
      if (this.fault?.kind === 'truncate' && answeredBytes > this.fault.bytes) {
        near.end(bytes.subarray(0, Math.max(0, bytes.length - (answeredBytes - this.fault.bytes))));
        far.destroy();
        return 'hold';
      }
      return listener.answered(bytes);
    });
  }

  /** One end gone, the other follows. */
  private tie(near: Socket, far: Socket): void {
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        this.sockets.delete(socket);
        if (!this.isFrozen) other.destroySoon();
      });
    }
  }

  private pass(from: Socket, to: Socket, decide: (bytes: Buffer) => 'pass' | 'hold'): void {
    let before: Promise<void> = Promise.resolve();
    let waiting = 0;
    // What was swallowed once cannot be followed by anything: a stream has no gaps.
    let isDead = false;
    from.on('data', (bytes: Buffer) => {
      isDead ||= this.fault?.kind === 'hang';
      if (isDead || this.isFrozen || decide(bytes) === 'hold' || this.isFrozen) return;
      if (this.fault === null && waiting === 0) return void to.write(bytes);
      // In order, however late, and also behind what is still late when the line is well again.
      waiting += 1;
      before = before.then(async () => {
        await this.write(to, bytes);
        waiting -= 1;
      });
    });
    from.once('end', () => void before.then(() => !this.isFrozen && !isDead && to.end()));
  }

  private async write(to: Socket, bytes: Buffer): Promise<void> {
    const { fault } = this;
    if (fault?.kind === 'latency') await sleep(fault.ms + Math.random() * (fault.jitterMs ?? 0));
    if (fault?.kind !== 'slow') return void to.write(bytes);
    const piece = Math.max(1, Math.round((fault.bytesPerSecond * DRIP_MS) / 1_000));
    for (let at = 0; at < bytes.length && !to.destroyed && this.fault === fault; at += piece) {
      to.write(bytes.subarray(at, at + piece));
      await sleep(DRIP_MS);
      if (this.fault !== fault) to.write(bytes.subarray(at + piece));
    }
  }
}
