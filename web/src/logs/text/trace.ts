import type { Level } from './levels'

/** What may follow a line of a stack trace. */
export type Trace = 'frames' | 'python' | 'python end' | 'go' | null

/** Java, .NET, Node and Python: an indented frame, or the start of another part of the trace. */
const FRAME =
  /^(?:\s+(?:at |\.{3} \d+ |File "|in |\d+: |--->? |\|)|\s*(?:Caused by|Suppressed): |\t|\s{2,}\S|\s*--- End of |\s*\[(?:cause|errors)\]: )/
/** The exception itself, on a line of its own after the line that reports it. */
const EXCEPTION =
  /^(?:Unhandled exception\. |Exception in thread "[^"]*" )?[A-Za-z_$][\w$]*(?:[.:]+[A-Za-z_$][\w$]*)*(?:Exception|Error|Throwable|Failure|Interrupt|Exit)(?:: |:?$| \()/
const PYTHON_START = /^(?:Traceback \(most recent call last\):|\s*\+ Exception Group Traceback)/
const PYTHON_AGAIN =
  /^(?:During handling of the above exception, another|The above exception was the direct cause)/
const PYTHON_END = /^[A-Za-z_][\w.]*(?:: |$)/
const GO_START = /^(?:panic: |fatal error: |goroutine \d+ \[|\[signal )/
const GO_FRAME = /^(?:goroutine \d+ |\t|created by |exit status \d|\[signal |$)/
/** `main.(*Server).run(0x1, …)`; ends with its parenthesis. */
const GO_CALL = /^[\w./*()·-]+\(/
/** A line is part of a trace by its start. A line may be a megabyte long, and is read for each row. */
const MAX_SEARCHED = 1000

/**
 * Whether a line belongs to the stack trace of the lines before it.
 *
 * @param before what the line before it let follow
 * @param level of that line: an exception on a line of its own belongs to an error or a warning only
 * @returns what may follow this line; null when it is no part of a trace
 */
export function traceAfter(text: string, before: Trace, level: Level): Trace {
  const start = text.slice(0, MAX_SEARCHED)
  if (before === 'go') return GO_FRAME.test(start) || GO_START.test(start) || isGoCall(text) ? 'go' : null
  if (before === 'python') return afterPython(start)
  if (before === 'python end' && text === '') return 'python end'
  if (PYTHON_START.test(start) || PYTHON_AGAIN.test(start)) return 'python'
  if (GO_START.test(start) && start.startsWith('goroutine')) return 'go'
  const exception = (level === 'error' || level === 'warn') && EXCEPTION.test(start)
  return exception || FRAME.test(start) || (before === 'frames' && text === '}') ? 'frames' : null
}

/** What may follow a line that begins a trace and has a level of its own, such as Go's `panic: …`. */
export function traceOf(text: string): Trace {
  const start = text.slice(0, MAX_SEARCHED)
  if (GO_START.test(start)) return 'go'
  return PYTHON_START.test(start) ? 'python' : null
}

function isGoCall(text: string): boolean {
  return text.endsWith(')') && GO_CALL.test(text.slice(0, MAX_SEARCHED))
}

/** The first line without an indent is the exception, and the last one unless another traceback follows. */
function afterPython(text: string): Trace {
  if (text === '' || /^\s/.test(text) || PYTHON_START.test(text) || PYTHON_AGAIN.test(text)) return 'python'
  return PYTHON_END.test(text) ? 'python end' : null
}
