/** What the pictures tell of, in reading order, each part with its pictures. A picture's name is its `id`. */
export const PICTURES_BY_PART = {
  glance: ['headline', 'journey-map'],
  credit: ['model-credit'],
  stages: ['stage-funnel', 'stage-heat', 'stage-credit'],
  paths: ['path-flow', 'top-paths', 'channel-roles', 'markov-graph', 'removal-effects'],
  time: ['time-to-convert', 'touches-to-convert', 'lag-decay', 'weekly-trend'],
  afterwards: ['cohorts', 'satisfaction', 'friction', 'fulfilment'],
  data: ['data-health'],
} as const

export type ReportPart = keyof typeof PICTURES_BY_PART

export type PictureName = (typeof PICTURES_BY_PART)[ReportPart][number]
