import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { describe, expect, test, vi } from 'vitest'
import type { Mock } from 'vitest'
import { parse } from 'yaml'

// The template for Google Tag Manager, without Tag Manager: its own tests, with stand-ins for the functions that a
// template can require. https://developers.google.com/tag-platform/tag-manager/templates/tests

const template = readFileSync(new URL('../../browser/platforms/gtm-template.tpl', import.meta.url), 'utf8')
const sections = new Map(
  Array.from(template.matchAll(/^___([A-Z_]+)___\n([\s\S]*?)(?=^___[A-Z_]+___$|(?![\s\S]))/gm), ([, name, text]) => [
    name!,
    text!.trim(),
  ]),
)
const code = sections.get('SANDBOXED_JS_FOR_WEB_TEMPLATE')!
const { scenarios } = parse(sections.get('TESTS')!) as { scenarios: { name: string; code: string }[] }

/** What a template may require once it says which permission it needs; what needs none stands under ''. */
const APIS: Readonly<Record<string, readonly string[]>> = {
  access_globals: ['createArgumentsQueue', 'callInWindow'],
  inject_script: ['injectScript'],
  read_data_layer: ['copyFromDataLayer'],
  access_consent: ['isConsentGranted', 'addConsentListener'],
}

test('has the sections of a template, and those that are JSON can be read', () => {
  expect([...sections.keys()]).toEqual([
    'INFO',
    'TEMPLATE_PARAMETERS',
    'SANDBOXED_JS_FOR_WEB_TEMPLATE',
    'WEB_PERMISSIONS',
    'TESTS',
    'NOTES',
  ])
  for (const name of ['INFO', 'TEMPLATE_PARAMETERS', 'WEB_PERMISSIONS'])
    expect(typeof JSON.parse(sections.get(name)!)).toBe('object')
})

test('asks for the permissions of what it requires, and for no others', () => {
  const required = Array.from(code.matchAll(/require\('(\w+)'\)/g), ([, name]) => name!)
  const asked = (JSON.parse(sections.get('WEB_PERMISSIONS')!) as { instance: { key: { publicId: string } } }[]).map(
    ({ instance }) => instance.key.publicId,
  )
  const needed = Object.keys(APIS).filter(permission => APIS[permission]!.some(name => required.includes(name)))
  expect(asked.toSorted()).toEqual(needed.toSorted())
  expect(required.filter(name => !Object.values(APIS).flat().includes(name))).toEqual([])
})

describe('its own test', () => {
  test.each(scenarios)('“$name” holds', ({ code: scenario }) => {
    const stand = new Map<string, Mock>()
    const standIn = (name: string): Mock => {
      if (!stand.has(name)) stand.set(name, vi.fn())
      return stand.get(name)!
    }
    // Of the page's script this much is known: it came.
    standIn('injectScript').mockImplementation((_url: string, onSuccess: () => void) => onSuccess())
    const plain = (value: unknown): unknown => (typeof value === 'object' ? JSON.parse(JSON.stringify(value)) : value)
    const assertApi = (name: string) => ({
      wasCalled: () => expect(standIn(name)).toHaveBeenCalled(),
      wasNotCalled: () => expect(standIn(name)).not.toHaveBeenCalled(),
      wasCalledWith: (...details: unknown[]) =>
        expect(standIn(name).mock.calls.map(call => call.map(plain))).toContainEqual(details.map(plain)),
    })
    const mock = (name: string, result: unknown): void => {
      standIn(name).mockImplementation(typeof result === 'function' ? (result as () => unknown) : () => result)
    }
    const runCode = (data: object): void => {
      const given = { ...data, gtmOnSuccess: standIn('gtmOnSuccess'), gtmOnFailure: standIn('gtmOnFailure') }
      runInNewContext(code, { data: given, require: standIn })
    }
    runInNewContext(scenario, { mock, runCode, assertApi })
    expect(standIn('createArgumentsQueue')).toHaveBeenCalledWith('jejak', 'jejak.q')
  })
})
