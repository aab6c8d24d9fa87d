/**
 * Whether a name fits `web-*` or `*db?`; without a wildcard, whether it contains the pattern. Ignores case. Without a
 * regular expression, because one with many stars, from an address, may take hours for a name of a hundred characters.
 */
export function fitsPattern(pattern: string, name: string): boolean {
  const wanted = pattern.toLowerCase()
  const text = name.toLowerCase()
  return /[*?]/.test(wanted) ? fitsWhole(wanted, text) : text.includes(wanted)
}

/** Only the last star takes more characters when the rest does not fit. */
function fitsWhole(pattern: string, text: string): boolean {
  let at = 0
  let star = -1
  let taken = 0
  for (let i = 0; i < text.length;) {
    if (pattern[at] === '*') {
      star = at++
      taken = i
    } else if (pattern[at] === '?' || pattern[at] === text[i]) {
      at++
      i++
    } else if (star >= 0) {
      at = star + 1
      i = ++taken
    } else {
      return false
    }
  }
  return /^\**$/.test(pattern.slice(at))
}
