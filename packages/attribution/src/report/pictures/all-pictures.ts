import type { PictureName } from '../words/picture-names.ts'
import { drawChannelRoles } from './channel-roles.tsx'
import { drawCohorts } from './cohorts.tsx'
import { drawDataHealth } from './data-health.tsx'
import { drawFriction } from './friction.tsx'
import { drawFulfilment } from './fulfilment.tsx'
import { drawHeadline } from './headline.tsx'
import { drawJourneyMap } from './journey-map.tsx'
import { drawLagDecay } from './lag-decay.tsx'
import { drawMarkovGraph } from './markov-graph.tsx'
import { drawModelCredit } from './model-credit.tsx'
import { drawPathFlow } from './path-flow.tsx'
import type { DrawPicture } from './picture.ts'
import { drawRemovalEffects } from './removal-effects.tsx'
import { drawSatisfaction } from './satisfaction.tsx'
import { drawStageCredit } from './stage-credit.tsx'
import { drawStageFunnel } from './stage-funnel.tsx'
import { drawStageHeat } from './stage-heat.tsx'
import { drawTimeToConvert } from './time-to-convert.tsx'
import { drawTopPaths } from './top-paths.tsx'
import { drawTouchesToConvert } from './touches-to-convert.tsx'
import { drawWeeklyTrend } from './weekly-trend.tsx'

/** How each picture is drawn. */
export const PICTURES: Readonly<Record<PictureName, DrawPicture>> = {
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
  'time-to-convert': drawTimeToConvert,
  'touches-to-convert': drawTouchesToConvert,
  'lag-decay': drawLagDecay,
  'weekly-trend': drawWeeklyTrend,
  cohorts: drawCohorts,
  satisfaction: drawSatisfaction,
  friction: drawFriction,
  fulfilment: drawFulfilment,
  'data-health': drawDataHealth,
}
