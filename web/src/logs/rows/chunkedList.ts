/** An element: it has a unique number and a height on the page, in lines. */
export interface Numbered {
  readonly n: number
  lines: number
}

interface Chunk<T> {
  rows: T[]
  lines: number
  /** Bounds of the row numbers; they may be wider than necessary. */
  low: number
  high: number
}

const CHUNK = 512

/**
 * An ordered list that is cheap to change at both ends and in the middle. It consists of chunks of some hundred rows.
 * Each chunk knows its total height and the range of its row numbers, so that a position on the page, or a row, is
 * found without a look at every row. Row numbers are not sorted (older rows may arrive later), but neighbours arrived
 * together.
 */
export class ChunkedList<T extends Numbered> {
  private chunks: Chunk<T>[] = []
  size = 0
  lines = 0

  static of<T extends Numbered>(rows: Iterable<T>): ChunkedList<T> {
    const made = new ChunkedList<T>()
    for (const row of rows) made.push(row)
    return made
  }

  get first(): T | undefined {
    return this.chunks[0]?.rows[0]
  }

  get last(): T | undefined {
    return this.chunks.at(-1)?.rows.at(-1)
  }

  push(row: T): void {
    let chunk = this.chunks.at(-1)
    if (!chunk || chunk.rows.length >= CHUNK) this.chunks.push((chunk = emptyChunk()))
    chunk.rows.push(row)
    chunk.lines += row.lines
    if (row.n < chunk.low) chunk.low = row.n
    if (row.n > chunk.high) chunk.high = row.n
    this.size++
    this.lines += row.lines
  }

  pushAll(rows: readonly T[]): void {
    for (const row of rows) this.push(row)
  }

  shift(): T | undefined {
    const chunk = this.chunks[0]
    const row = chunk?.rows.shift()
    if (!chunk || !row) return undefined
    chunk.lines -= row.lines
    if (chunk.rows.length === 0) this.chunks.shift()
    this.size--
    this.lines -= row.lines
    return row
  }

  at(index: number): T | undefined {
    if (index < 0) return undefined
    for (const { rows } of this.chunks) {
      if (index < rows.length) return rows[index]
      index -= rows.length
    }
    return undefined
  }

  slice(from: number, to = this.size): T[] {
    const found: T[] = []
    let start = 0
    for (const { rows } of this.chunks) {
      const end = start + rows.length
      if (end > from && start < to) found.push(...rows.slice(Math.max(0, from - start), to - start))
      if (end >= to) break
      start = end
    }
    return found
  }

  /** Removes `removed` rows at `index` and inserts `rows` there. */
  splice(index: number, removed: number, rows: readonly T[]): void {
    const before = this.chunks
    this.chunks = []
    this.size = this.lines = 0
    let start = 0
    let inserted = false
    const insert = () => {
      if (!inserted) this.pushAll(rows)
      inserted = true
    }
    for (const chunk of before) {
      const end = start + chunk.rows.length
      if (end <= index || start >= index + removed) {
        if (start >= index) insert()
        this.adopt(chunk)
      } else {
        this.pushAll(chunk.rows.slice(0, Math.max(0, index - start)))
        insert()
        this.pushAll(chunk.rows.slice(index + removed - start))
      }
      start = end
    }
    insert()
  }

  /** Index of the row with this number; -1 when it is not here. */
  indexOf(n: number): number {
    let start = 0
    for (const { rows, low, high } of this.chunks) {
      const at = n < low || n > high ? -1 : rows.findIndex((row) => row.n === n)
      if (at >= 0) return start + at
      start += rows.length
    }
    return -1
  }

  /** Index of the first row that fulfils the condition; -1 for none. */
  findIndex(condition: (row: T) => boolean): number {
    let start = 0
    for (const { rows } of this.chunks) {
      const at = rows.findIndex(condition)
      if (at >= 0) return start + at
      start += rows.length
    }
    return -1
  }

  /** Index of the last row before `end` that fulfils the condition; -1 for none. */
  findLastIndex(condition: (row: T) => boolean, end = this.size): number {
    let stop = this.size
    for (let i = this.chunks.length - 1; i >= 0; i--) {
      const { rows } = this.chunks[i]!
      const start = stop - rows.length
      if (start < end)
        for (let k = Math.min(rows.length, end - start) - 1; k >= 0; k--)
          if (condition(rows[k]!)) return start + k
      stop = start
    }
    return -1
  }

  /** Total height of the rows before this index, in lines. */
  linesBefore(index: number): number {
    let lines = 0
    for (const chunk of this.chunks) {
      if (index < chunk.rows.length) {
        for (let i = 0; i < index; i++) lines += chunk.rows[i]!.lines
        return lines
      }
      index -= chunk.rows.length
      lines += chunk.lines
    }
    return lines
  }

  /** Index of the row at a line of the page; the last row when the line is below it. */
  indexAtLine(line: number): number {
    let start = 0
    for (const chunk of this.chunks) {
      if (line < chunk.lines) {
        for (let i = 0; i < chunk.rows.length; i++) {
          line -= chunk.rows[i]!.lines
          if (line < 0) return start + i
        }
      }
      line -= chunk.lines
      start += chunk.rows.length
    }
    return Math.max(0, this.size - 1)
  }

  filter(condition: (row: T) => boolean): ChunkedList<T> {
    return ChunkedList.of(this.rows(condition))
  }

  /** An independent list of the same rows. */
  copy(): ChunkedList<T> {
    const copy = new ChunkedList<T>()
    copy.chunks = this.chunks.map((chunk) => ({ ...chunk, rows: chunk.rows.slice() }))
    copy.size = this.size
    copy.lines = this.lines
    return copy
  }

  /** Sums the heights again after some rows have changed theirs. */
  updateHeights(): void {
    this.lines = 0
    for (const chunk of this.chunks) {
      chunk.lines = chunk.rows.reduce((sum, row) => sum + row.lines, 0)
      this.lines += chunk.lines
    }
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const { rows } of this.chunks) yield* rows
  }

  private *rows(condition: (row: T) => boolean): Iterable<T> {
    for (const { rows } of this.chunks) for (const row of rows) if (condition(row)) yield row
  }

  private adopt(chunk: Chunk<T>): void {
    this.chunks.push(chunk)
    this.size += chunk.rows.length
    this.lines += chunk.lines
  }
}

function emptyChunk<T>(): Chunk<T> {
  return { rows: [], lines: 0, low: Infinity, high: -Infinity }
}
