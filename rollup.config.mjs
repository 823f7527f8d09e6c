// The script-tag file. `tsc -b` has made the modules already; this joins and minifies them. ES2020 by TypeScript's own
// hand: packages/browser and packages/events are written without newer syntax, and terser is told not to bring any.
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'

export default {
  input: 'packages/browser/dist/script.js',
  output: { file: 'packages/browser/dist/jejak.js', format: 'iife', sourcemap: true },
  plugins: [resolve({ browser: true }), terser({ ecma: 2020, compress: { passes: 3 }, sourceMap: true })],
}
