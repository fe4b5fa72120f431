/** Injection token of the address of the database that this process uses, embedded or given. */
export const DATABASE_URL = Symbol('DATABASE_URL');
