/** So many views a picture may have: for each place there is a rule in the style sheet that shows it. */
export const MOST_VIEWS = 16
