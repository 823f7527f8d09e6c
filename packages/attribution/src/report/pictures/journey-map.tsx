import { mapWords } from '../words/map-words.ts'
import { currentMap } from './journey-map/current-map.tsx'
import { dayInTheLife } from './journey-map/day-in-the-life.tsx'
import { likelyNext } from './journey-map/likely-next.tsx'
import { serviceBlueprint } from './journey-map/service-blueprint.tsx'
import type { DrawPicture, PictureView } from './picture.ts'

/** The journey of all customers on one page, in four readings. */
export const drawJourneyMap: DrawPicture = ({ map }, context) => {
  if (!map || map.stages.every(({ people }) => people === 0)) return undefined
  const words = mapWords[context.language]
  const views: readonly (PictureView | undefined)[] = [
    currentMap(map.stages, context),
    dayInTheLife(map, context),
    likelyNext(map, context),
    serviceBlueprint(map.stages, context),
  ]
  return {
    id: 'journey-map',
    title: words.title,
    choice: words.choice,
    note: words.note,
    views: views.filter(view => view !== undefined),
  }
}
