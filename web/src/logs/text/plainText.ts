/**
 * ESC [ parameters final | ESC ] … BEL or ESC \ | ESC P/X/^/_ … ESC \ | ESC and one or two characters. Each may be cut at
 * the end of the line.
 */
export const ESCAPE =
  /\x1b(?:\[([0-9;:<=>?]*)[ -/]*([@-~]|$)|\][^\x07\x1b]*(?:\x07|\x1b\\|$)|[PX^_][^\x1b]*(?:\x1b\\|$)|[ -/]*[0-~]|$)|\x9b([0-9;:]*)([@-~]|$)/g
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g
const ANY_CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/

/** Docker cuts a line without an end at this length, maybe inside an overwrite: its last part is incomplete then. */
const CUT_LENGTH = 16 * 1024

/** The visible text after carriage returns, as of a progress bar. */
export function lastOverwrite(text: string): string {
  if (!text.includes('\r')) return text
  const parts = text.split('\r')
  if (text.length >= CUT_LENGTH && parts.length > 2) parts.pop()
  for (let i = parts.length - 1; i >= 0; i--) if (parts[i] !== '') return parts[i]!
  return ''
}

/** Replaces control characters, and those that change the text direction, by visible symbols. */
export function printable(text: string): string {
  return text.replace(CONTROL, (c) => {
    const code = c.charCodeAt(0)
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd'
  })
}

/** The characters that a reader sees. Search, layout and copying use them. */
export function plainText(text: string): string {
  if (!ANY_CONTROL.test(text)) return text
  return printable(lastOverwrite(text).replace(ESCAPE, ''))
}
