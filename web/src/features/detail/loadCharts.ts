import { messages } from '../../messages'
import type { Container, HostSize } from '../../protocol/types'
import { cpuScale, memoryScale, type LoadScale } from '../../state/load/scale'
import type { Measure } from '../../state/load/series'
import { roundUp, roundUpBytes } from '../../ui/sparkline'
import { bytes, bytesPerSecond, cpu } from '../../ui/units'

/** What one chart of a container's load shows. */
export interface LoadChart {
  title: string
  lines: { measure: Measure; name: string }[]
  write: (value: number) => string
  /** A round top for a peak. */
  top: (peak: number) => number
  /** The limit or the machine; null where there is none. */
  ceiling: number | null
  ceilingName: string
}

const words = messages.chart

/** CPU, memory, network and disk. */
export function loadCharts(container: Container, limit: number | null, host: HostSize | null): LoadChart[] {
  return [
    {
      title: words.cpu,
      lines: [{ measure: 'cpu', name: words.cpu }],
      write: cpu,
      top: (peak) => Math.max(0.01, roundUp(peak)),
      ...ceiling(cpuScale(container, host)),
    },
    {
      title: words.memory,
      lines: [{ measure: 'memory', name: words.memory }],
      write: bytes,
      top: (peak) => roundUpBytes(peak * 1.1),
      ...ceiling(memoryScale(limit, host)),
    },
    {
      title: words.network,
      lines: [
        { measure: 'received', name: words.received },
        { measure: 'sent', name: words.sent },
      ],
      write: bytesPerSecond,
      top: roundUpBytes,
      ...ceiling(null),
    },
    {
      title: words.disk,
      lines: [
        { measure: 'read', name: words.read },
        { measure: 'written', name: words.written },
      ],
      write: bytesPerSecond,
      top: roundUpBytes,
      ...ceiling(null),
    },
  ]
}

function ceiling(scale: LoadScale | null): Pick<LoadChart, 'ceiling' | 'ceilingName'> {
  return { ceiling: scale?.top ?? null, ceilingName: scale?.own ? words.limit : words.host }
}
