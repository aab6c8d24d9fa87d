import type { Container } from '../../protocol/types'
import { keyOf } from '../containers/containerList'
import type { LoadPoint } from './series'

/** Samples of one host are at most this far apart. */
const TOGETHER_MS = 7000

/** The sum of a host's containers; null while a running one has no recent sample. */
export function hostLoad(
  containers: readonly Container[],
  lastOf: (key: string) => LoadPoint | null,
): { cpu: number; memory: number } | null {
  const points = containers.filter((one) => one.running).map((one) => lastOf(keyOf(one)))
  if (points.length === 0) return null
  const newest = Math.max(...points.map((point) => point?.at ?? 0))
  let cpu = 0
  let memory = 0
  for (const point of points) {
    if (point === null || point.cpu === null || point.memory === null) return null
    if (newest - point.at > TOGETHER_MS) return null
    cpu += point.cpu
    memory += point.memory
  }
  return { cpu, memory }
}
