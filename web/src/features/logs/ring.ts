import type { LogRow } from './line'

/**
 * The newest rows of one log, bounded in rows and in characters. Every row has a number that never changes:
 * `first` is the oldest one held, `end` the one that will come next. No DOM: may live in a worker.
 */
export class Ring {
  private rows: LogRow[] = []
  /** Where in `rows` the oldest row stands; what is before it has been let go. */
  private head = 0
  private dropped = 0
  private characters = 0

  constructor(
    private readonly maxRows: number,
    private readonly maxCharacters: number,
  ) {}

  get first(): number {
    return this.dropped
  }

  get end(): number {
    return this.dropped + this.size
  }

  get size(): number {
    return this.rows.length - this.head
  }

  push(added: readonly LogRow[]): void {
    for (const row of added) {
      this.rows.push(row)
      this.characters += weight(row)
    }
    while (this.size > this.maxRows || (this.characters > this.maxCharacters && this.size > 1))
      this.dropOldest()
    if (this.head > 1024 && this.head > this.rows.length / 2) this.compact()
  }

  at(number: number): LogRow | undefined {
    return number < this.dropped ? undefined : this.rows[this.head + number - this.dropped]
  }

  replace(number: number, row: LogRow): void {
    const old = this.at(number)
    if (!old) return
    this.characters += weight(row) - weight(old)
    this.rows[this.head + number - this.dropped] = row
  }

  /** A copy that stays as it is while the ring goes on. */
  slice(): LogRow[] {
    return this.rows.slice(this.head)
  }

  /** Forgets the rows; the numbers go on. */
  clear(): void {
    this.dropped = this.end
    this.rows = []
    this.head = 0
    this.characters = 0
  }

  private dropOldest(): void {
    this.characters -= weight(this.rows[this.head]!)
    this.rows[this.head] = EMPTY
    this.head++
    this.dropped++
  }

  private compact(): void {
    this.rows = this.rows.slice(this.head)
    this.head = 0
  }
}

/** Stands where a dropped row was until the next compaction, so that its text can go. */
const EMPTY: LogRow = { kind: 'state', state: '', message: null, time: '' }

function weight(row: LogRow): number {
  return row.kind === 'line' ? row.text.length + row.time.length : 40
}
