import type { LoadColumn, LoadHistory } from '../../protocol/pastLoad'
import { instant } from '../../ui/time'
import type { LoadPoint, Measure } from './series'

/** A point of a chart; in a step of the past the maximum is another number than the mean. */
export interface ChartPoint extends LoadPoint {
  peak: Record<Measure, number | null> | null
}

/** An answer as points, each in the middle of its step; the last one not after `end`, when the answer was made. */
export function pastPoints(history: LoadHistory, end: number): ChartPoint[] {
  const since = instant(history.since)
  if (since === null) return []
  const columns: Record<Measure, LoadColumn> = {
    cpu: history.cpu_cores,
    memory: history.memory_bytes,
    received: history.rx_bytes,
    sent: history.tx_bytes,
    read: history.read_bytes,
    written: history.write_bytes,
  }
  return history.cpu_cores.mean.map((_, i) => ({
    at: Math.min(since + (i + 0.5) * history.step_ms, end),
    ...at(columns, 'mean', i),
    peak: at(columns, 'max', i),
  }))
}

/** A sample this soon after the last known point continues its line, even though a step between them has no value yet. */
const SOON_MS = 30_000

/** The past, and the samples after it; `end` is when the answer was made. */
export function continued(
  history: LoadHistory | null,
  end: number,
  live: readonly LoadPoint[],
): ChartPoint[] {
  if (history === null) return live.map(asPoint)
  const past = pastPoints(history, end)
  const samples = live.filter((point) => point.at > end).map(asPoint)
  const last = past.findLastIndex((point) => point.cpu !== null || point.memory !== null)
  const soon = Math.max(SOON_MS, 1.5 * history.step_ms)
  const joined = last >= 0 && samples.length > 0 && samples[0]!.at - past[last]!.at <= soon
  return [...(joined ? past.slice(0, last + 1) : past), ...samples]
}

function asPoint(point: LoadPoint): ChartPoint {
  return { ...point, peak: null }
}

function at(
  columns: Record<Measure, LoadColumn>,
  part: keyof LoadColumn,
  i: number,
): Record<Measure, number | null> {
  const value = (measure: Measure) => columns[measure][part][i] ?? null
  return {
    cpu: value('cpu'),
    memory: value('memory'),
    received: value('received'),
    sent: value('sent'),
    read: value('read'),
    written: value('written'),
  }
}
