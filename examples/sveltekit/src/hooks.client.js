// SvelteKit runs this once for each page load: the tracker starts here on every page.
import '$lib/jejak.js'
