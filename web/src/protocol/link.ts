import { optionalNumber, optionalText, type Json } from './fields'

/** How the relay reaches a controller, and what it has measured of that. */
export interface LinkMeasure {
  /** `local`, `cluster`, `uplink` or `dialled`; show any other as it is. */
  kind: string
  /** The numbers are absent until they are known. */
  roundTripMillis?: number
  /** What the controller's clock shows more than the relay's. */
  clockOffsetMillis?: number
  /** By how much the offset may be wrong. */
  clockErrorMillis?: number
}

const NUMBERS = ['roundTripMillis', 'clockOffsetMillis', 'clockErrorMillis'] as const

/** The labels of a host: values by name. */
export type HostLabels = Readonly<Record<string, string>>

/** What a controller's message says of its link and its labels; absent where it says nothing. */
export function decodeLinkAndLabels(json: Json): { link?: LinkMeasure; labels?: HostLabels } {
  const link = decodeLink(json.link)
  const labels = decodeLabels(json.labels)
  return { ...(link ? { link } : {}), ...(labels ? { labels } : {}) }
}

function decodeLink(value: unknown): LinkMeasure | null {
  if (typeof value !== 'object' || value === null) return null
  const json = value as Json
  const kind = optionalText(json, 'kind')
  if (kind === null) return null
  const link: LinkMeasure = { kind }
  for (const name of NUMBERS) {
    const value = optionalNumber(json, name)
    if (value !== null) link[name] = value
  }
  return link
}

/** Null without any. */
export function decodeLabels(value: unknown): HostLabels | null {
  if (typeof value !== 'object' || value === null) return null
  const labels = Object.entries(value).filter(([, label]) => typeof label === 'string')
  return labels.length === 0 ? null : (Object.fromEntries(labels) as HostLabels)
}
