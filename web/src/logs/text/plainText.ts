/** ESC [ parameters final | ESC ] … BEL or ESC \ | ESC P/X/^/_ … ESC \ | ESC and one or two characters. */
export const ESCAPE =
  /\x1b(?:\[([0-9;:<=>?]*)[ -/]*([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\|$)|[PX^_][^\x1b]*(?:\x1b\\|$)|[ -/]*[0-~]|$)|\x9b([0-9;:]*)([@-~])/g
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g
const ANY_CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/

/** Docker cuts a line that never ends after so many bytes, in the middle of a rewrite: its last piece is none. */
const CUT_LENGTH = 16 * 1024

/** What a progress bar's last carriage return left standing. */
export function lastOverwrite(text: string): string {
  if (!text.includes('\r')) return text
  const parts = text.split('\r')
  if (text.length >= CUT_LENGTH && parts.length > 2) parts.pop()
  for (let i = parts.length - 1; i >= 0; i--) if (parts[i] !== '') return parts[i]!
  return ''
}

/** Control characters, and those that turn the direction of text, become their visible pictures. */
export function printable(text: string): string {
  return text.replace(CONTROL, (c) => {
    const code = c.charCodeAt(0)
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : code === 0x7f ? '\u2421' : '\ufffd'
  })
}

/** The characters that a reader sees: what is searched, measured and copied. */
export function plainText(text: string): string {
  if (!ANY_CONTROL.test(text)) return text
  return printable(lastOverwrite(text).replace(ESCAPE, ''))
}
