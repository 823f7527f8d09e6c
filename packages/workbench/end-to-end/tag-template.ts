import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'

/** Jejak's template for Google Tag Manager, as its file has it. */
export interface TagTemplate {
  readonly sections: ReadonlyMap<string, string>
  /** The sandboxed JavaScript. */
  readonly code: string
  readonly permissions: Permissions
  readonly scenarios: readonly { readonly name: string; readonly code: string }[]
}

/** What the template asks to be allowed. */
export interface Permissions {
  /** Global variables, with what may be done with each: `read`, `write`, `execute`. */
  readonly globals: ReadonlyMap<string, ReadonlySet<string>>
  readonly dataLayerKeys: readonly string[]
  readonly scripts: readonly string[]
  /** Consent types that may be read. */
  readonly consents: readonly string[]
}

const FILE = '../../browser/platforms/google-tag-manager/template.tpl'

export function readTagTemplate(): TagTemplate {
  const text = readFileSync(fileURLToPath(new URL(FILE, import.meta.url)), 'utf8')
  const [, ...parts] = text.split(/^___([A-Z_]+)___\n/m)
  const sections = new Map(parts.flatMap((name, at) => (at % 2 ? [] : [[name, parts[at + 1]!] as const])))
  return {
    sections,
    code: sections.get('SANDBOXED_JS_FOR_WEB_TEMPLATE')!,
    permissions: readPermissions(JSON.parse(sections.get('WEB_PERMISSIONS')!) as Permission[]),
    scenarios: Array.from(
      sections.get('TESTS')!.matchAll(/^- name: (.*)\n {2}code: \|-\n((?: {4}.*\n)+)/gm),
      ([, name, code]) => ({ name: name!, code: code! }),
    ),
  }
}

interface Permission {
  readonly instance: {
    readonly key: { readonly publicId: string }
    readonly param: readonly { readonly key: string; readonly value: Value }[]
  }
}

/** Tag Manager's way to write values: 1 is a text, 2 a list, 3 a map, 8 a yes or no. */
interface Value {
  readonly type: number
  readonly string?: string
  readonly boolean?: boolean
  readonly listItem?: readonly Value[]
  readonly mapKey?: readonly Value[]
  readonly mapValue?: readonly Value[]
}

function readPermissions(permissions: readonly Permission[]): Permissions {
  const params = (id: string, key: string): readonly unknown[] => {
    const asked = permissions.find(({ instance }) => instance.key.publicId === id)
    return (valueOf(asked!.instance.param.find(param => param.key === key)!.value) as readonly unknown[]) ?? []
  }
  const rights = ({ key, ...may }: Record<string, unknown>) =>
    [key as string, new Set(Object.keys(may).filter(right => may[right]))] as const
  return {
    globals: new Map((params('access_globals', 'keys') as Record<string, unknown>[]).map(rights)),
    dataLayerKeys: params('read_data_layer', 'keyPatterns') as string[],
    scripts: params('inject_script', 'urls') as string[],
    consents: (params('access_consent', 'consentTypes') as { consentType: string; read: boolean }[])
      .filter(({ read }) => read)
      .map(({ consentType }) => consentType),
  }
}

function valueOf({ string, boolean, listItem, mapKey, mapValue }: Value): unknown {
  if (listItem) return listItem.map(valueOf)
  if (mapKey) return Object.fromEntries(mapKey.map((key, at) => [key.string!, valueOf(mapValue![at]!)]))
  return string ?? boolean
}

type Api = (...details: never[]) => unknown

/**
 * Runs a scenario as Tag Manager's template editor does, with `runCode`, `mock` and `assertApi`. Every function asks for
 * its permission. Throws where an assertion fails, or where a function was required that Tag Manager does not have.
 */
export function runScenario({ code, permissions }: TagTemplate, scenario: string): void {
  const calls: { readonly name: string; readonly details: readonly unknown[] }[] = []
  const mocks = new Map<string, unknown>()
  const call = (name: string, details: readonly unknown[], real: Api): unknown => {
    calls.push({ name, details })
    if (!mocks.has(name)) return real(...(details as never[]))
    const mocked = mocks.get(name)
    return typeof mocked === 'function' ? (mocked as Api)(...(details as never[])) : mocked
  }
  const apis: Readonly<Record<string, Api>> = {
    addConsentListener: (type: string) => allow(permissions.consents.includes(type), `consent ${type}`),
    callInWindow: (path: string) => allowGlobal(permissions, path, 'execute'),
    copyFromDataLayer: (key: string) => allow(permissions.dataLayerKeys.includes(key), `data layer ${key}`),
    createArgumentsQueue(...paths: string[]) {
      for (const path of paths) for (const right of ['read', 'write']) allowGlobal(permissions, path, right)
    },
    getType: (value: unknown) => (Array.isArray(value) ? 'array' : typeof value),
    injectScript: (url: string) => allow(url.startsWith('https://') && permissions.scripts.length > 0, url),
    isConsentGranted(type: string) {
      allow(permissions.consents.includes(type), `consent ${type}`)
      return true
    },
    makeNumber: Number,
  }
  const require = (name: string): Api => {
    const real = apis[name]
    if (!real) throw new Error(`Tag Manager has no ${name}`)
    return (...details) => call(name, details, real)
  }
  const runCode = (data: object) => {
    const told = (name: string) => () => call(name, [], () => {})
    const whole = { ...data, gtmOnSuccess: told('gtmOnSuccess'), gtmOnFailure: told('gtmOnFailure') }
    runAs(['require', 'data'], code)(require, whole)
  }
  const assertApi = (name: string) => {
    const isCalledWith = (expected: readonly unknown[]) =>
      calls.some(made => made.name === name && isDeepStrictEqual(made.details, expected))
    const assert = (holds: boolean, expected: string) => {
      if (!holds) throw new Error(`${name} ${expected}; calls: ${JSON.stringify(calls)}`)
    }
    return {
      wasCalled: () =>
        assert(
          calls.some(made => made.name === name),
          'was not called',
        ),
      wasNotCalled: () => assert(!calls.some(made => made.name === name), 'was called'),
      wasCalledWith: (...details: unknown[]) => assert(isCalledWith(details), `got no ${JSON.stringify(details)}`),
      wasNotCalledWith: (...details: unknown[]) => assert(!isCalledWith(details), `got ${JSON.stringify(details)}`),
    }
  }
  const mock = (name: string, value: unknown) => mocks.set(name, value)
  runAs(['runCode', 'mock', 'assertApi'], scenario)(runCode, mock, assertApi)
}

function allowGlobal({ globals }: Permissions, path: string, right: string): void {
  allow(globals.get(path)?.has(right) ?? false, `to ${right} ${path}`)
}

function allow(isAllowed: boolean, what: string): void {
  if (!isAllowed) throw new Error(`the template does not ask for it: ${what}`)
}

/** Strict, as the sandbox is; what pages have is not there. */
function runAs(names: readonly string[], code: string): (...given: unknown[]) => void {
  const hidden = ['window', 'document', 'globalThis', 'fetch', 'setTimeout']
  // oxlint-disable-next-line typescript/no-implied-eval -- a template is run from its text
  const run = new Function(...names, ...hidden, `'use strict'; ${code}`) as (...given: unknown[]) => void
  return run
}
