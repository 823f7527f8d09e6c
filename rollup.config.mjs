// The script-tag files: the tracker, the tracker with autocapture, what follows a consent manager, the pixel for
// Shopify, and the panel for whoever develops a page. `tsc -b` has made the modules already; this joins and minifies them. ES2020 by TypeScript's own hand: packages/browser and packages/events are written
// without newer syntax, and terser is told not to bring any.
import resolve from '@rollup/plugin-node-resolve'
import terser from '@rollup/plugin-terser'

const plugins = [
  resolve({ browser: true }),
  // A script is read in the encoding of its page, which need not be UTF-8.
  terser({ ecma: 2020, compress: { passes: 3 }, format: { ascii_only: true }, sourceMap: true }),
]

const scriptOf = (input, file) => ({
  input: `packages/browser/dist/${input}`,
  output: { file: `packages/browser/dist/${file}`, format: 'iife', sourcemap: true },
  plugins,
})

export default [
  scriptOf('script.js', 'jejak.js'),
  scriptOf('script-auto.js', 'jejak-auto.js'),
  scriptOf('script-consent.js', 'jejak-consent.js'),
  scriptOf('platforms/shopify-pixel-script.js', 'jejak-shopify-pixel.js'),
  scriptOf('plugins/inspector-script.js', 'jejak-inspector.js'),
]
