import type { PictureName } from '../words/picture-names.ts'
import { drawChannelRoles } from './channel-roles.tsx'
import { drawHeadline } from './headline.tsx'
import { drawJourneyMap } from './journey-map.tsx'
import { drawMarkovGraph } from './markov-graph.tsx'
import { drawModelCredit } from './model-credit.tsx'
import { drawPathFlow } from './path-flow.tsx'
import type { DrawPicture } from './picture.ts'
import { drawRemovalEffects } from './removal-effects.tsx'
import { drawStageCredit } from './stage-credit.tsx'
import { drawStageFunnel } from './stage-funnel.tsx'
import { drawStageHeat } from './stage-heat.tsx'
import { drawTopPaths } from './top-paths.tsx'
import { drawWeeklyTrend } from './weekly-trend.tsx'

/** How each picture is drawn. */
export const PICTURES: Readonly<Partial<Record<PictureName, DrawPicture>>> = {
  headline: drawHeadline,
  'journey-map': drawJourneyMap,
  'model-credit': drawModelCredit,
  'stage-funnel': drawStageFunnel,
  'stage-heat': drawStageHeat,
  'stage-credit': drawStageCredit,
  'path-flow': drawPathFlow,
  'top-paths': drawTopPaths,
  'channel-roles': drawChannelRoles,
  'markov-graph': drawMarkovGraph,
  'removal-effects': drawRemovalEffects,
  'weekly-trend': drawWeeklyTrend,
}
