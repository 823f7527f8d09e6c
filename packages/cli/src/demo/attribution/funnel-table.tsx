import type { FunnelStage, StageFunnel } from '@jejak/attribution'
import { JOURNEY_STAGES } from '@jejak/events'
import type { JSX } from 'preact'
import { formatDuration, formatNumber, formatShare } from '../../output/numbers.ts'
import { StageChip } from '../stage-chip.tsx'
import { Scrollable } from './scrollable.tsx'

/** How far people came through the canonical stages. */
export function FunnelTable({ funnel: { stages } }: { funnel: StageFunnel }): JSX.Element {
  const most = Math.max(...stages.map(({ share }) => share), 0.01)
  return (
    <>
      <p class="lead">{sentenceOf(stages)}</p>
      <Scrollable label="Visitors by stage">
        <table class="funnel">
          <thead>
            <tr>
              <th scope="col">stage</th>
              <th scope="col" class="number">
                reached
              </th>
              <th scope="col" class="wide">
                <span class="hidden-text">as a bar</span>
              </th>
              <th scope="col" class="number">
                moved on
              </th>
              <th scope="col" class="number">
                median time
              </th>
            </tr>
          </thead>
          <tbody>
            {stages.map(({ reached, share, movedOnShare, medianMs }, index) => (
              <tr>
                <th scope="row">
                  <StageChip stage={JOURNEY_STAGES[index]!} />
                </th>
                <td class="number">{formatNumber(reached)}</td>
                <td class="wide">
                  <svg class={`bar stage-${JOURNEY_STAGES[index]!}`} width="100%" height="12" aria-hidden="true">
                    <rect width={`${((share / most) * 100).toFixed(1)}%`} height="12" rx="3" />
                  </svg>
                </td>
                <td class="number">{reached ? formatShare(movedOnShare) : '–'}</td>
                <td class="number">{medianMs === null ? '–' : formatDuration(medianMs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
    </>
  )
}

function sentenceOf(stages: readonly FunnelStage[]): string {
  // From the last stage there is nowhere to go.
  const leavable = stages.slice(0, -1).filter(({ reached }) => reached > 0)
  if (leavable.length === 0) return 'Nobody was seen in any stage yet.'
  const lost = ({ reached, movedOn }: FunnelStage) => reached - movedOn
  const most = Math.max(...leavable.map(({ reached }) => reached))
  if (most === 1) return 'There was one visitor so far.'
  const worst = leavable.reduce((most, stage) => (lost(stage) > lost(most) ? stage : most))
  if (lost(worst) === 0) return 'Everybody went on from every stage they reached.'
  return `Most visitors were lost at ${worst.stage}: ${formatNumber(lost(worst))} of the ${formatNumber(worst.reached)} who reached it did not go further.`
}
