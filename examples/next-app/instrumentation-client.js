// Next runs this once for each page load, before the page comes to life: the tracker starts here on every page.
import './lib/jejak.js'
