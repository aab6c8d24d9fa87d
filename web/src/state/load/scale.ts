import type { Container, HostSize } from '../../protocol/types'

/** The fixed top of a scale, so that charts of several containers can be compared. */
export interface LoadScale {
  /** In cores or bytes. */
  top: number
  /** Whether it is the container's own limit; else it is the machine. */
  own: boolean
}

/** In cores; null while neither a limit nor the machine is known. */
export function cpuScale({ cpu_limit }: Container, host: HostSize | null | undefined): LoadScale | null {
  return scale(cpu_limit, host?.cpus)
}

/** In bytes; null while neither a limit nor the machine is known. */
export function memoryScale(limit: number | null, host: HostSize | null | undefined): LoadScale | null {
  return scale(limit, host?.memory_total)
}

function scale(limit: number | null, machine: number | null | undefined): LoadScale | null {
  if (limit !== null && limit > 0) return { top: limit, own: true }
  return machine ? { top: machine, own: false } : null
}
