// Readers of single fields of untrusted JSON. Without DOM, so that they run in the worker.

import { printable } from '../logs/text/plainText'

export type Json = Record<string, unknown>

/** Thrown when a frame does not have the shape of its type. */
export class MalformedFrame extends Error {}

export function object(value: unknown, what: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new MalformedFrame(`${what} is not an object`)
  }
  return value as Json
}

export function array(json: Json, field: string): unknown[] {
  const value = json[field]
  if (!Array.isArray(value)) throw new MalformedFrame(`${field} is not an array`)
  return value
}

export function optionalArray(json: Json, field: string): unknown[] {
  return Array.isArray(json[field]) ? (json[field] as unknown[]) : []
}

export function text(json: Json, field: string): string {
  const value = json[field]
  if (typeof value !== 'string') throw new MalformedFrame(`${field} is not a string`)
  return value
}

export function optionalText(json: Json, field: string): string | null {
  const value = json[field]
  return typeof value === 'string' ? value : null
}

/** A text that is only shown, never compared or sent: what it hides is made visible where it is taken in. */
export function shownText(json: Json, field: string): string | null {
  const value = optionalText(json, field)
  return value === null ? null : printable(value)
}

export function optionalNumber(json: Json, field: string): number | null {
  const value = json[field]
  return typeof value === 'number' ? value : null
}

/** On the wire an id is a string or a number; the page only compares it. */
export function optionalId(json: Json, field: string): string | null {
  const value = json[field]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}
