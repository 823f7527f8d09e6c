import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Engine } from 'php-parser'
import { describe, expect, test } from 'vitest'

// Neither WooCommerce nor Magento is run here: this is only that what they are given can be read.
const folder = fileURLToPath(new URL('../../browser/platforms', import.meta.url))
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
const read = (file: string) => readFileSync(join(folder, file), 'utf8')

describe('PHP can be parsed', () => {
  const parser = new Engine({ parser: { version: 802, suppressErrors: false } })
  const hasPhp = spawnSync('php', ['--version']).status === 0

  test.each(files.filter(file => /\.ph(p|tml)$/.test(file)))('%s', file => {
    expect(parser.parseCode(read(file), file).errors).toEqual([])
    // Where PHP is at hand, it is asked too.
    expect(hasPhp ? spawnSync('php', ['-l', join(folder, file)]).status : 0).toBe(0)
  })
})

test('every class and template that Magento’s layouts name is there', () => {
  const named = files
    .filter(file => file.includes('layout/'))
    .flatMap(file => Array.from(read(file).matchAll(/Jejak(\\Shop\\ViewModel\\\w+)|Jejak_Shop::(\w+\.phtml)/g)))
    .map(([, type, template]) => (type ? `Jejak${type.replaceAll('\\', '/')}.php` : `templates/${template}`))
  expect(named).not.toHaveLength(0)
  for (const name of new Set(named)) expect(files.filter(file => file.endsWith(name))).toHaveLength(1)
})
