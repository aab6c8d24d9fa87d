/**
 * Gives each row a slot, and with it a DOM element: a row that stays keeps its own, so that a text selection in it
 * stays too; new rows take the slots of those that left.
 *
 * @param before the slots of the rows until now, by row number
 */
export function assignSlots(
  rows: readonly { n: number }[],
  before: ReadonlyMap<number, number>,
): Map<number, number> {
  const taken = new Set(rows.map(({ n }) => before.get(n)))
  const slots = new Map<number, number>()
  let next = 0
  for (const { n } of rows) {
    const own = before.get(n)
    while (own === undefined && taken.has(next)) next++
    slots.set(n, own ?? next++)
  }
  return slots
}
