import { drawChannelRoles } from '../../src/report/pictures/channel-roles.tsx'
import { drawHeadline } from '../../src/report/pictures/headline.tsx'
import { drawMarkovGraph } from '../../src/report/pictures/markov-graph.tsx'
import { drawModelCredit } from '../../src/report/pictures/model-credit.tsx'
import { drawPathFlow } from '../../src/report/pictures/path-flow.tsx'
import type { DrawPicture } from '../../src/report/pictures/picture.ts'
import { drawRemovalEffects } from '../../src/report/pictures/removal-effects.tsx'
import { drawTopPaths } from '../../src/report/pictures/top-paths.tsx'
import { drawWeeklyTrend } from '../../src/report/pictures/weekly-trend.tsx'

export const PICTURES: Readonly<Record<string, DrawPicture>> = {
  'channel-roles': drawChannelRoles,
  headline: drawHeadline,
  'markov-graph': drawMarkovGraph,
  'model-credit': drawModelCredit,
  'path-flow': drawPathFlow,
  'removal-effects': drawRemovalEffects,
  'top-paths': drawTopPaths,
  'weekly-trend': drawWeeklyTrend,
}
