/** Where the supervisor tells what it did; `event` is a stable word such as `embedded_postgres.started`. */
export type SupervisorLog = (event: string, fields?: Record<string, unknown>) => void;
