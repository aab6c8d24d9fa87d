import { optionalNumber, optionalText, type Json } from './fields'

/** How the relay reaches a controller, and what it has measured of that. */
export interface LinkMeasure {
  /** `local`, `cluster`, `uplink` or `dialled`; show any other as it is. */
  kind: string
  /** The numbers are null until they are known. */
  roundTripMillis: number | null
  /** What the controller's clock shows more than the relay's. */
  clockOffsetMillis: number | null
  /** By how much the offset may be wrong. */
  clockErrorMillis: number | null
}

/** The labels of a host: values by name. */
export type HostLabels = Readonly<Record<string, string>>

/** What a controller's message says of its link and its labels; absent where it says nothing. */
export function decodeHost(json: Json): { link?: LinkMeasure; labels?: HostLabels } {
  const link = decodeLink(json.link)
  const labels = decodeLabels(json.labels)
  return { ...(link ? { link } : {}), ...(labels ? { labels } : {}) }
}

function decodeLink(value: unknown): LinkMeasure | null {
  if (typeof value !== 'object' || value === null) return null
  const json = value as Json
  const kind = optionalText(json, 'kind')
  if (kind === null) return null
  return {
    kind,
    roundTripMillis: optionalNumber(json, 'roundTripMillis'),
    clockOffsetMillis: optionalNumber(json, 'clockOffsetMillis'),
    clockErrorMillis: optionalNumber(json, 'clockErrorMillis'),
  }
}

/** Null without any. */
export function decodeLabels(value: unknown): HostLabels | null {
  if (typeof value !== 'object' || value === null) return null
  const labels = Object.entries(value).filter(([, label]) => typeof label === 'string')
  return labels.length === 0 ? null : (Object.fromEntries(labels) as HostLabels)
}
