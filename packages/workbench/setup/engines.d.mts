/** The browsers that this machine does not have, and the packages of Debian that would bring them. */
export declare function missingEngines(): { engine: 'firefox' | 'webkit'; packages: string[] }[]
