/** Adjusted p values in the order of the given ones, Holm's (Scand. J. Stat. 6 (1979) 65): controls any false alarm. */
export const holm = (pValues: readonly number[]): readonly number[] => {
  let largest = 0
  return inOrder(pValues, (p, position) => {
    largest = Math.max(largest, Math.min(1, p * (pValues.length - position)))
    return largest
  })
}

/** Benjamini's and Hochberg's (J. R. Stat. Soc. B 57 (1995) 289): controls the share of false ones among the findings. */
export const benjaminiHochberg = (pValues: readonly number[]): readonly number[] => {
  let smallest = 1
  return inOrder(
    pValues,
    (p, position) => {
      smallest = Math.min(smallest, (p * pValues.length) / (position + 1))
      return smallest
    },
    true,
  )
}

/** Visits p values from small to large (or back) with their position from the smallest, and puts answers in place. */
const inOrder = (
  pValues: readonly number[],
  adjust: (p: number, position: number) => number,
  fromLargest = false,
): readonly number[] => {
  const order = pValues.map((p, index) => ({ p, index })).sort((left, right) => left.p - right.p)
  const visits = order.map(({ p, index }, position) => ({ p, index, position }))
  const adjusted = new Array<number>(pValues.length).fill(1)
  for (const { p, index, position } of fromLargest ? visits.reverse() : visits) adjusted[index] = adjust(p, position)
  return adjusted
}
