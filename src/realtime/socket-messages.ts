/**
 * Everything the server says over a socket: names and payloads, for front ends too. A message is a hint that something
 * has been committed; the truth is the REST list, which a client that was away reads again.
 */
export interface SocketMessages {
  'prospect:created': ProspectMessage & { created_at: string };
  'prospect:updated': ProspectMessage & { updated_at: string };
  'prospect:deleted': { id: string };
  notification: {
    id: string;
    type: string;
    title: string;
    message: string;
    meta: Record<string, unknown>;
    created_at: string;
  };
  'sync:progress': { run_id: string; provider: string; state: string; counts: Record<string, number> };
  /** What became of deliveries lately, at most once a second: the newest by id and state, and how many `more` there were. */
  'delivery:changed': { deliveries: { id: string; state: string }[]; more: number };
  /** How far a replay of many deliveries is. */
  'replay:progress': { run_id: string; state: string; done: number; total: number };
  'integration:status': { provider: string; status: string; status_reason: string | null };
}

export interface ProspectMessage {
  id: string;
  firstname: string;
  lastname: string;
  email: string | null;
  phone: string | null;
  status: string;
  source: string;
  /** One note per appointment and what people wrote, blank lines between, in order of time. */
  notes: string;
}

export type SocketMessageName = keyof SocketMessages;

/** The same map as socket.io's clients want it: `const socket: Socket<ServerToClientEvents> = io(…)`. */
export type ServerToClientEvents = {
  [Name in SocketMessageName]: (payload: SocketMessages[Name]) => void;
};

/** A message for the organization of the transaction it is published in, or for one person of it. */
export type OrganizationMessage = {
  [Name in SocketMessageName]: { name: Name; payload: SocketMessages[Name]; userId?: string | null };
}[SocketMessageName];
