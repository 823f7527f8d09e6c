export interface PostgresServer {
  readonly connectionString: string
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>
  /** As a loss of power would: none of its processes says goodbye. */
  kill(): Promise<void>
  start(): Promise<void>
  remove(): Promise<void>
}
/** The folder of PostgreSQL's programs, if it is installed: Debian keeps them apart from all others. */
export declare function findPostgres(): string | undefined
/** A server of its own, on this machine alone, with an empty database. It will not run as root: then it is `postgres`. */
export declare function startPostgres(programs: string): Promise<PostgresServer>
