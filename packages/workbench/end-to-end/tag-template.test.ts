import { describe, expect, test } from 'vitest'
import { readTagTemplate, runScenario } from './tag-template.ts'

// The functions are those of https://developers.google.com/tag-platform/tag-manager/templates/api, imitated.
const template = readTagTemplate()

test('the template has the sections that Tag Manager imports, and those in JSON can be read', () => {
  expect([...template.sections.keys()]).toEqual([
    'INFO',
    'TEMPLATE_PARAMETERS',
    'SANDBOXED_JS_FOR_WEB_TEMPLATE',
    'WEB_PERMISSIONS',
    'TESTS',
    'NOTES',
  ])
  const info = JSON.parse(template.sections.get('INFO')!) as object
  expect(info).toMatchObject({ type: 'TAG', displayName: 'Jejak', containerContexts: ['WEB'] })
})

test('the code uses every field of the template, and no other', () => {
  const fields = JSON.parse(template.sections.get('TEMPLATE_PARAMETERS')!) as readonly { readonly name: string }[]
  const used = new Set(Array.from(template.code.matchAll(/\bdata\.(\w+)/g), ([, name]) => name!))
  expect([...used].filter(name => !name.startsWith('gtmOn')).sort()).toEqual(fields.map(({ name }) => name).sort())
})

describe('in an imitation of Tag Manager', () => {
  test.each(template.scenarios)('$name', ({ code }) => {
    expect(() => runScenario(template, code)).not.toThrow()
  })

  test('all of the template’s own tests are run', () => {
    const count = template.sections.get('TESTS')!.match(/^- name:/gm)!.length
    expect(template.scenarios).toHaveLength(count)
  })

  test('a scenario that does not hold fails', () => {
    const scenario = `runCode({ action: 'track', eventName: 'login' }); assertApi('injectScript').wasCalled();`
    expect(() => runScenario(template, scenario)).toThrow('injectScript was not called')
  })

  test('a function without its permission fails', () => {
    const permissions = { ...template.permissions, consents: ['analytics_storage'] }
    const scenario = `runCode({ action: 'load', scriptUrl: 'https://shop.example/jejak.js', followConsentMode: true })`
    expect(() => runScenario({ ...template, permissions }, scenario)).toThrow('consent ad_storage')
  })
})
