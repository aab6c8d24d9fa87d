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
const GO_FRAME = /^(?:goroutine \d+ |\t|created by |exit status \d|[\w./*()·-]+\(.*\)$|\[signal |$)/

/**
 * Whether a line belongs to the stack trace of the lines before it.
 *
 * @param before what the line before it let follow
 * @param level of that line: an exception on a line of its own belongs to an error or a warning only
 * @returns what may follow this line; null when it is no part of a trace
 */
export function traceAfter(text: string, before: Trace, level: Level): Trace {
  if (before === 'go') return GO_FRAME.test(text) || GO_START.test(text) ? 'go' : null
  if (before === 'python') return afterPython(text)
  if (before === 'python end' && text === '') return 'python end'
  if (PYTHON_START.test(text) || PYTHON_AGAIN.test(text)) return 'python'
  if (GO_START.test(text) && text.startsWith('goroutine')) return 'go'
  const exception = (level === 'error' || level === 'warn') && EXCEPTION.test(text)
  return exception || FRAME.test(text) || (before === 'frames' && text === '}') ? 'frames' : null
}

/** What may follow a line that begins a trace and has a level of its own, such as Go's `panic: …`. */
export function traceOf(text: string): Trace {
  if (GO_START.test(text)) return 'go'
  return PYTHON_START.test(text) ? 'python' : null
}

/** The first line without an indent is the exception, and the last one unless another traceback follows. */
function afterPython(text: string): Trace {
  if (text === '' || /^\s/.test(text) || PYTHON_START.test(text) || PYTHON_AGAIN.test(text)) return 'python'
  return PYTHON_END.test(text) ? 'python end' : null
}
