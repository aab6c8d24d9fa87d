import { object, optionalArray, optionalNumber, shownText, text, type Json } from './fields'

/** A part of the relay's record, newest first, from `GET /api/record`. */
export interface RecordPart {
  /** False when the relay records nothing. */
  kept: boolean
  /** Why nothing can be recorded now; null when it can. */
  problem: string | null
  entries: RecordEntry[]
  /** Where the next part begins; null at the beginning of the record. */
  before: number | null
  /** Lines on the way that are no entries. */
  unreadable: number
}

/** An entry of the record. Its texts are shown only: what they hide is visible. */
export interface RecordEntry {
  seq: number
  time: string
  who: string | null
  address: string | null
  what: string
  container: RecordedContainer | null
  outcome: string
  reason: string | null
  /** The entry that announced this one. */
  request: number | null
  duration_ms: number | null
  /** How often it happened; null for once. */
  count: number | null
  events: RecordedEvent[]
}

export interface RecordedContainer {
  controller: string | null
  name: string | null
  id: string | null
}

export interface RecordedEvent {
  at: string
  event: string | null
  status: string | null
  exit_code: number | null
}

export function decodeRecord(answer: unknown): RecordPart {
  const json = object(answer, 'record')
  return {
    kept: json.kept === true,
    problem: shownText(json, 'problem'),
    entries: optionalArray(json, 'entries').map((one) => entry(object(one, 'entry'))),
    before: optionalNumber(json, 'before'),
    unreadable: optionalNumber(json, 'unreadable') ?? 0,
  }
}

function entry(json: Json): RecordEntry {
  return {
    seq: optionalNumber(json, 'seq') ?? 0,
    time: text(json, 'time'),
    who: shownText(json, 'who'),
    address: shownText(json, 'address'),
    what: shownText(json, 'what') ?? '',
    container: json.container == null ? null : containerOf(object(json.container, 'container')),
    outcome: shownText(json, 'outcome') ?? '',
    reason: shownText(json, 'reason'),
    request: optionalNumber(json, 'request'),
    duration_ms: optionalNumber(json, 'duration_ms'),
    count: optionalNumber(json, 'count'),
    events: optionalArray(json, 'events').map((one) => eventOf(object(one, 'event'))),
  }
}

function containerOf(json: Json): RecordedContainer {
  return {
    controller: shownText(json, 'controller'),
    name: shownText(json, 'name'),
    id: shownText(json, 'id'),
  }
}

function eventOf(json: Json): RecordedEvent {
  return {
    at: text(json, 'at'),
    event: shownText(json, 'event'),
    status: shownText(json, 'status'),
    exit_code: optionalNumber(json, 'exit_code'),
  }
}
