import { expect, it } from 'vitest'
import { RowFactory } from '../rows/rowFactory'
import { levelLines } from '../../testing/examples'
import { levelOf } from './level'
import { plainText } from './plainText'

it.each(levelLines())('$level: $line', ({ level, line }) => {
  const expected = level === 'none' ? null : level === 'fatal' ? 'error' : level
  expect(levelOf(plainText(line))).toBe(expected)
})

const STAMP = '2026-01-02T03:04:05.000000000Z '
const levelsOf = (text: string) => {
  const lines = text.split('\n').slice(1, -1)
  return new RowFactory()
    .liveLines(
      0,
      lines.map((line) => STAMP + line),
      'o'.repeat(lines.length),
    )
    .map((row) => row.level)
}

/** Each trace starts with a line of a level and ends before a line of another one. */
it.each([
  [
    'Java',
    `
03:04:05.123 [main] ERROR c.e.App - boom
java.lang.IllegalStateException: info is missing
\tat c.e.App.main(App.java:1)
Caused by: java.io.IOException: no warning
\tat c.e.App.read(App.java:2)
\t... 12 more
\tSuppressed: java.lang.Exception: x
03:04:06.123 [main] INFO c.e.App - next
`,
  ],
  [
    'Python',
    `
ERROR:root:boom
Traceback (most recent call last):
  File "/app/x.py", line 3, in <module>
    raise ValueError("info")
ValueError: info

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/app/x.py", line 5, in <module>
    fail()
app.errors.Failed: debug
INFO:root:next
`,
  ],
  [
    '.NET',
    `
fail: My.App[0]
      An unhandled exception has occurred.
      System.InvalidOperationException: x
       ---> System.Exception: info
         at My.App.Run() in /src/App.cs:line 1
         --- End of inner exception stack trace ---
         at My.App.Main()
info: My.App[0]
`,
  ],
  [
    'Node',
    `
error: boom
TypeError: x is not a function
    at run (/app/x.js:1:2)
    at process.processTicksAndRejections (node:internal/process/task_queues:95:5) {
  [cause]: Error: info
      at read (/app/x.js:3:4)
}
info: next
`,
  ],
  [
    'Go',
    `
panic: runtime error: index out of range [5] with length 3

goroutine 1 [running]:
main.main()
\t/app/main.go:12 +0x1d
created by main.start in goroutine 1
\t/app/main.go:8 +0x2c
exit status 2
2026/01/02 03:04:05 INFO next
`,
  ],
])('a stack trace of %s has the level of its first line, to its end', (_, text) => {
  const levels = levelsOf(text)
  expect(levels.at(-1)).toBe('info')
  expect(levels.slice(0, -1)).toEqual(levels.slice(0, -1).map(() => 'error'))
})

it('an exception after a line that is no error has no level of that line', () => {
  expect(levelsOf('\nINFO started\nTypeError: boom\n    at run (/app/x.js:1:2)\n')).toEqual([
    'info',
    null,
    null,
  ])
})
