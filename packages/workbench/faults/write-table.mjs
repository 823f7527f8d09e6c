// Writes what came of the faults into docs/delivery.md, between its marks.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const ENGINES = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKitGTK' }
const PLACE = /(<!-- faults -->\n)[^]*(<!-- \/faults -->)/

/**
 * @param {string} resultsFile what the tests have written: `{ faults, results }`
 * @param {string} document
 * @returns {string} a sentence that says what was done
 */
export function writeTable(resultsFile, document) {
  if (!existsSync(resultsFile)) return `The table in ${document} stays as it was: there are no results.`
  const { faults, results } = JSON.parse(readFileSync(resultsFile, 'utf8'))
  const tried = new Set(results.map(({ engine }) => engine))
  const absent = Object.keys(ENGINES).filter(engine => !tried.has(engine))
  if (absent.length > 0) return `The table in ${document} stays as it was: ${absent.join(' and ')} was not tried.`

  const table = tableOf(faults, results)
  writeFileSync(
    document,
    readFileSync(document, 'utf8').replace(PLACE, (_, begin, end) => `${begin}\n${table}\n\n${end}`),
  )
  return `The table in ${document} says what came of ${results.length} trials.`
}

function tableOf(faults, results) {
  const reasons = []
  const cell = (fault, engine) => {
    const reason = fault.cannot?.[engine]
    if (reason) {
      if (!reasons.includes(reason)) reasons.push(reason)
      return `– (${reasons.indexOf(reason) + 1})`
    }
    const came = results.find(result => result.name === fault.name && result.engine === engine)
    if (!came) return 'not tried'
    if (came.error) return 'failed'
    const { tracked, lost, doubled, reported } = came
    return `${lost} / ${doubled} of ${tracked}${reported ? `, ${reported} counted` : ''}`
  }
  const lines = [
    ['row', 'fault', ...Object.values(ENGINES)],
    ['--:', '---', '---', '---', '---'],
    ...faults
      .toSorted((one, other) => one.row - other.row)
      .map(fault => [fault.row, nameOf(fault), ...Object.keys(ENGINES).map(engine => cell(fault, engine))]),
  ]
  const notes = reasons.map((reason, index) => `${index + 1}. ${reason}`)
  return [...lines.map(line => `| ${line.join(' | ')} |`), '', 'Where a fault is not tried:', '', ...notes].join('\n')
}

function nameOf({ name, mayLose }) {
  const where = mayLose?.engines ? ` in ${mayLose.engines.map(engine => ENGINES[engine]).join(' and ')}` : ''
  const words = mayLose ? `${name} (up to ${mayLose.atMost} may be lost${where}: ${mayLose.because})` : name
  return words.replaceAll('|', '\\|')
}
