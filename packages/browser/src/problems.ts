import { notice } from './notice.ts'

/**
 * What keeps events from arriving, and needs a person to mend it.
 * - `endpoint`: it answers that it never will take them: its address, its rights or the write key are wrong.
 * - `unreachable`: nobody answers, or something in the browser, such as an extension, does not let the request out.
 * - `cors`: it answers, but does not allow this site to read that.
 * - `csp`: the page's Content-Security-Policy does not allow requests to it.
 * - `refused`: it will not take an event, or for now any.
 * - `storage`: IndexedDB cannot be used; events are in memory alone.
 * - `consent`: nothing is stored or sent until the visitor has given their word.
 */
export type ProblemCode = 'endpoint' | 'unreachable' | 'cors' | 'csp' | 'refused' | 'storage' | 'consent'

export interface Problem {
  readonly code: ProblemCode
  /** What it is, and how to mend it. */
  readonly message: string
}

export interface Problems {
  /** Says it in the console and to `onError`; once, however often it is told. */
  readonly tell: (code: ProblemCode, message: string) => void
  /** What was told so far, each once. */
  readonly told: Problem[]
}

export function createProblems(onError?: (problem: Problem) => void): Problems {
  const told: Problem[] = []
  return {
    told,
    tell(code, message) {
      if (told.some(problem => problem.message === message) || told.length > 50) return
      const problem = { code, message }
      told.push(problem)
      notice(message)
      onError?.(problem)
    },
  }
}
