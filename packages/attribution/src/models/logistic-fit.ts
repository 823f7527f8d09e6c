/** Journeys by the channels they have: row `r` those `members[starts[r]]` up to, without, `members[starts[r + 1]]`. */
export interface LogisticRows {
  readonly starts: Uint32Array
  readonly members: Int32Array
  readonly conversions: Float64Array
  readonly nulls: Float64Array
}

/** Newton's steps double the correct digits; where they do not come to rest in so many, rounding is all that is left. */
const MAX_STEPS = 50

/**
 * The coefficients of a logistic regression with a ridge penalty on all but the intercept, which comes first. By
 * Newton's method, with steps halved while they make it worse. Undefined where all journeys convert, or none.
 */
export function fitLogistic(rows: LogisticRows, width: number, ridge: number): Float64Array | undefined {
  const { conversions, nulls } = rows
  const converted = conversions.reduce((sum, count) => sum + count, 0)
  const lost = nulls.reduce((sum, count) => sum + count, 0)
  if (!(converted > 0 && lost > 0)) return undefined

  const size = width + 1
  const hessian = new Float64Array(size * size)
  const step = new Float64Array(size)
  const predictors = new Float64Array(conversions.length)
  let coefficients = new Float64Array(size)
  coefficients[0] = Math.log(converted / lost)
  let loss = lossOf(rows, coefficients, ridge, predictors)

  for (let round = 0; round < MAX_STEPS; round++) {
    derive(rows, coefficients, ridge, predictors, hessian, step)
    if (!solve(hessian, step, size)) break
    // Near the end the loss changes by less than its last digits are worth.
    const highest = loss + 1e-12 * (1 + Math.abs(loss))
    const longest = step.reduce((most, part) => Math.max(most, Math.abs(part)), 0)

    let part = 1
    let next = coefficients.map((coefficient, at) => coefficient + step[at]!)
    let nextLoss = lossOf(rows, next, ridge, predictors)
    while (!(nextLoss <= highest) && part > 1e-6) {
      part /= 2
      next = coefficients.map((coefficient, at) => coefficient + part * step[at]!)
      nextLoss = lossOf(rows, next, ridge, predictors)
    }
    // Where no part of the step helps, the loss is flat to the last digit.
    if (!(nextLoss <= highest)) break
    coefficients = next
    loss = nextLoss
    if (part === 1 && longest < 1e-9) break
  }
  return coefficients
}

/** The probability that a journey with these channels converts; the intercept is at `intercept`. */
export function probabilityOf(model: Float64Array, intercept: number, channels: readonly number[]): number {
  return logistic(channels.reduce((sum, channel) => sum + model[channel]!, model[intercept]!))
}

function logistic(predictor: number): number {
  return 1 / (1 + Math.exp(-predictor))
}

/** The negative log-likelihood with the penalty. Leaves the predictor of each row behind. */
function lossOf(
  { starts, members, conversions, nulls }: LogisticRows,
  coefficients: Float64Array,
  ridge: number,
  predictors: Float64Array,
): number {
  let loss = 0
  for (let at = 1; at < coefficients.length; at++) loss += (ridge / 2) * coefficients[at]! ** 2
  for (let row = 0; row < conversions.length; row++) {
    let predictor = coefficients[0]!
    for (let at = starts[row]!; at < starts[row + 1]!; at++) predictor += coefficients[members[at]! + 1]!
    predictors[row] = predictor
    // log(1 + e^x) in a form that cannot overflow.
    const rest = Math.log1p(Math.exp(-Math.abs(predictor)))
    loss += conversions[row]! * (rest + Math.max(0, -predictor)) + nulls[row]! * (rest + Math.max(0, predictor))
  }
  return loss
}

/** Writes the second derivatives of the loss (lower half), and the first with their sign turned. */
function derive(
  { starts, members, conversions, nulls }: LogisticRows,
  coefficients: Float64Array,
  ridge: number,
  predictors: Float64Array,
  hessian: Float64Array,
  gradient: Float64Array,
): void {
  const size = coefficients.length
  hessian.fill(0)
  gradient.fill(0)
  for (let at = 1; at < size; at++) {
    hessian[at * size + at] = ridge
    gradient[at] = -ridge * coefficients[at]!
  }
  for (let row = 0; row < conversions.length; row++) {
    const journeys = conversions[row]! + nulls[row]!
    if (journeys === 0) continue
    const probability = logistic(predictors[row]!)
    const surprise = conversions[row]! - journeys * probability
    const weight = journeys * probability * (1 - probability)
    gradient[0]! += surprise
    hessian[0]! += weight
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const i = members[at]! + 1
      gradient[i]! += surprise
      hessian[i * size]! += weight
      // Members rise, so that the others so far are in the lower half.
      for (let other = starts[row]!; other <= at; other++) hessian[i * size + members[other]! + 1]! += weight
    }
  }
}

/** Solves a symmetric positive definite system in place (Cholesky); false where rounding has left none. */
function solve(matrix: Float64Array, right: Float64Array, size: number): boolean {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!
      for (let k = 0; k < j; k++) sum -= matrix[i * size + k]! * matrix[j * size + k]!
      if (i !== j) matrix[i * size + j] = sum / matrix[j * size + j]!
      else if (sum > 0) matrix[i * size + i] = Math.sqrt(sum)
      else return false
    }
  }
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) right[i]! -= matrix[i * size + k]! * right[k]!
    right[i]! /= matrix[i * size + i]!
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) right[i]! -= matrix[k * size + i]! * right[k]!
    right[i]! /= matrix[i * size + i]!
  }
  return true
}
