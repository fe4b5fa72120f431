/** What a bare reading is told, and what it answers. */
export interface BareReadingOrder {
  readonly databaseUrl: string;
  readonly firstUrl: string;
  readonly accessToken: string;
  readonly headers: Record<string, string>;
  readonly provider: 'google' | 'outlook';
  /** False: the pages are read and dropped, to know how much of the time is the provider's. */
  readonly stores: boolean;
}

export interface BareReading {
  readonly ms: number;
  readonly events: number;
  readonly pages: number;
}

export interface SendOrder {
  readonly address: { readonly url: string; readonly key: string };
  readonly connections: number;
  /** Of this batch alone: it makes the names of all that is sent. */
  readonly label: string;
  readonly count: number;
}

export interface Sent {
  readonly ms: number;
  readonly answered: number;
  readonly refused: number;
  readonly times: readonly number[];
}

export interface BareReceiverOrder {
  readonly databaseUrl: string;
  readonly key: string;
}
