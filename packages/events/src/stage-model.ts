import type { JourneyStage } from './journey-stage.ts'

/** A way to read the canonical stages as fewer, named ones. */
export interface StageModel {
  /** Whose journey it is: one person's, or that of a company in which several people decide together. */
  readonly unit: 'visitor' | 'account'
  /** The model's name for each canonical stage. Its stages keep the order of `JOURNEY_STAGES`. */
  readonly stages: Readonly<Record<JourneyStage, string>>
}

/** The stage models that come with Jejak. A shop can pass one of its own wherever a name of these is accepted. */
export const STAGE_MODELS = {
  'five-stage': {
    unit: 'visitor',
    stages: {
      awareness: 'awareness',
      consideration: 'consideration',
      decision: 'purchase',
      purchase: 'purchase',
      usage: 'retention',
      retention: 'retention',
      advocacy: 'advocacy',
    },
  },
  decision: {
    unit: 'visitor',
    stages: {
      awareness: 'awareness',
      consideration: 'consideration',
      decision: 'decision',
      purchase: 'purchase',
      usage: 'post-purchase',
      retention: 'post-purchase',
      advocacy: 'post-purchase',
    },
  },
  'six-stage': {
    unit: 'visitor',
    stages: {
      awareness: 'awareness',
      consideration: 'consideration',
      decision: 'decision',
      purchase: 'purchase',
      usage: 'post-purchase',
      retention: 'loyalty',
      advocacy: 'loyalty',
    },
  },
  usage: {
    unit: 'visitor',
    stages: {
      awareness: 'awareness',
      consideration: 'evaluation',
      decision: 'evaluation',
      purchase: 'purchase',
      usage: 'usage',
      retention: 'loyalty',
      advocacy: 'loyalty',
    },
  },
  b2b: {
    unit: 'account',
    stages: {
      awareness: 'awareness',
      consideration: 'consideration',
      decision: 'decision',
      purchase: 'purchase',
      usage: 'post-purchase',
      retention: 'loyalty',
      advocacy: 'loyalty',
    },
  },
  canonical: {
    unit: 'visitor',
    stages: {
      awareness: 'awareness',
      consideration: 'consideration',
      decision: 'decision',
      purchase: 'purchase',
      usage: 'usage',
      retention: 'retention',
      advocacy: 'advocacy',
    },
  },
} as const

export type StageModelName = keyof typeof STAGE_MODELS

// Every model is complete: one that forgets a stage does not compile.
STAGE_MODELS satisfies Record<StageModelName, StageModel>

/** The model that is used where none is named. */
export const DEFAULT_STAGE_MODEL: StageModelName = 'five-stage'
