// Amounts as people read them: with their unit, and with a fixed number of digits so that columns do not jitter.

const BYTES = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** "412 MiB", "1.21 GiB": three significant digits. */
export function bytes(amount: number): string {
  let value = Math.max(0, amount)
  let unit = 0
  while (value >= 999.5 && unit < BYTES.length - 1) {
    value /= 1024
    unit++
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2
  return `${value.toFixed(digits)} ${BYTES[unit]}`
}

export function bytesPerSecond(amount: number): string {
  return `${bytes(amount)}/s`
}

/** Cores in use, as `docker stats` counts them: 100 % is one core. */
export function cpu(cores: number): string {
  return `${(cores * 100).toFixed(1)} %`
}

/** A container's uptime: "6d 4h", "3h 12m", "22m 5s", "4s". */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}m ${seconds % 60}s`
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? `${hours}h ${minutes % 60}m` : `${Math.floor(hours / 24)}d ${hours % 24}h`
}

/** How long ago, in one unit: "4 s ago", "2 min ago", "3 h ago", "5 d ago". */
export function ago(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return `${seconds} s ago`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? `${hours} h ago` : `${Math.floor(hours / 24)} d ago`
}
