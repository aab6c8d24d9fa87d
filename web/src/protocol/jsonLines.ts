// JSON lines, as the relay streams the results of a search.

/** How a stream of JSON lines ended. */
export type LinesEnd =
  | { ended: true }
  /** `status` is the HTTP status of a refusal, else null; `reason` is a message for the reader. */
  | { ended: false; status: number | null; reason: string }

/** Splits text that arrives in pieces into lines, and parses each as JSON. Fails on a line that is no JSON. */
export class JsonLines {
  /** The beginning of a line whose end has not arrived. */
  private rest = ''

  constructor(private readonly onLine: (json: unknown) => void) {}

  push(piece: string): void {
    const lines = (this.rest + piece).split('\n')
    this.rest = lines.pop()!
    for (const line of lines) if (line !== '') this.onLine(JSON.parse(line))
  }
}
