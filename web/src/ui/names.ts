const natural = new Intl.Collator(undefined, { numeric: true })

/** Natural order: `web-2` before `web-10`. Different names are never equal. */
export function compareNames(a: string, b: string): number {
  return natural.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)
}
