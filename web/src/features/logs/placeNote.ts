import type { RowView } from '../../logs/pane/paneView'
import { printable } from '../../logs/text/plainText'
import { logMessages } from './logMessages'
import { fullTimestamp, type TimestampFormat } from './timestamps'

/** What there is to say of a row's place in a log of several hosts: a sign next to its time, and its sentences. */
export interface PlaceNote {
  sign: '≈' | '↑'
  text: string
}

/** Null for a row whose place is certain. */
export function placeNote({ unsure, late }: RowView): PlaceNote | null {
  if (late && unsure) return { sign: '↑', text: `${logMessages.late} ${uncertain(unsure)}` }
  if (late) return { sign: '↑', text: logMessages.late }
  return unsure ? { sign: '≈', text: uncertain(unsure) } : null
}

/** The exact time of a row, and that of its host if its clock is another. */
export function fullTimes({ time, own }: RowView, form: TimestampFormat): string {
  const full = fullTimestamp(time, form)
  return own === '' ? full : `${full} ${logMessages.hostTime(fullTimestamp(own, form))}`
}

function uncertain({ host, error, measured }: NonNullable<RowView['unsure']>): string {
  return measured
    ? logMessages.uncertain(printable(host), error < 1 ? error.toFixed(2) : error.toFixed(error < 10 ? 1 : 0))
    : logMessages.uncertainUnmeasured(printable(host))
}
