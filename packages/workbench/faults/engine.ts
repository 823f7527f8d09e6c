/** The browsers that faults are tried in: every engine there is, as Debian packs it. */
export const ENGINES = ['chromium', 'firefox', 'webkit'] as const

export type Engine = (typeof ENGINES)[number]

/** A whole browser of its own, with a profile that outlives it. */
export interface Browser {
  readonly engine: Engine
  /** The folder that cookies and databases are kept in. */
  readonly profile: string
  /** Opens a tab and waits until the page has loaded. */
  open(url: string): Promise<Tab>
  /** Ends the processes that pages run in by SIGKILL, all of them, or only that of `tab` where it has one of its own. */
  killPages(tab?: Tab): Promise<void>
  /** Ends every process of the browser by SIGKILL. */
  kill(): Promise<void>
  /** Ends it as a user does who closes the window. */
  quit(): Promise<void>
}

export interface Tab {
  /** Goes to an address as a user does who types it, and waits until the page has loaded. */
  goto(url: string): Promise<void>
  /**
   * Runs a function in the page and gives back what it returns, or resolves to, as JSON. The function stands alone: it
   * sees nothing but `argument` and the page.
   */
  run<Argument, Result>(script: (argument: Argument) => Result | Promise<Result>, argument: Argument): Promise<Result>
  /** The same without waiting for an answer: for what ends the page. */
  start<Argument>(script: (argument: Argument) => unknown, argument: Argument): Promise<void>
  /** Goes back in the history, and waits until the page is there: a new one, or the old one from the back/forward cache. */
  back(): Promise<void>
  close(): Promise<void>
  /** Freezes the page, as the browser does with a tab in the background. Only where the engine can be told to. */
  freeze?(): Promise<void>
  /** Has the page prerender another one, and waits long enough for that to be ready. Only where the engine does so. */
  prerender?(url: string): Promise<void>
  /** Takes the page off the net, and on again, so that `navigator.onLine` says so. Only where the engine can be told to. */
  goOffline?(isOffline: boolean): Promise<void>
}

export interface BrowserOptions {
  /** Of a browser that has ended, to go on with. Default: a new one. */
  readonly profile?: string
}

/** Starts a browser. */
export type OpenBrowser = (engine: Engine, options?: BrowserOptions) => Promise<Browser>
