// Log lines of the fake containers.
let n = 0
const stamp = (at) => new Date(at).toISOString().replace('Z', String(n++ % 1_000_000).padStart(6, '0') + 'Z')
const E = '\x1b['

const LINES = [
  [
    'o',
    `${E}32mINFO${E}0m  [eventloop-3] ${E}36mc.a.orders.Handler${E}0m : POST /api/v1/orders 201 in ${E}33m41ms${E}0m trace=9f2c1ab34d`,
  ],
  [
    'o',
    `${E}32mINFO${E}0m  [eventloop-1] ${E}36mc.a.orders.Handler${E}0m : GET /api/v1/orders/8812 200 in ${E}33m9ms${E}0m`,
  ],
  ['e', 'WARN  slow query took 812ms: SELECT o.id, o.total FROM orders o JOIN users u ON u.id = o.user_id'],
  ['o', '{"level":"info","msg":"upstream ok","path":"/orders","status":200,"duration_ms":37}'],
  [
    'o',
    'frame=  101 fps= 25\rframe=  202 fps= 25\rframe=  303 fps= 25 q=28.0 size=    2048kB time=00:00:12.12 bitrate=1384.0kbits/s',
  ],
  ['e', 'ERROR java.lang.IllegalStateException: connection reset while talking to upstream payments:8080'],
  ['e', '    at io.vertx.core.impl.ContextImpl.lambda$wrapTask$2(ContextImpl.java:279)'],
  [
    'o',
    `${E}1;38;5;208mrelay${E}0m <img src=x onerror=alert(1)> & <b>markup</b> stays text \u0000\u0007 \u202eevil`,
  ],
  ['o', `long ${'0123456789'.repeat(30)}`],
]

/** One line as on the wire, and its stream. */
export function line(i, at) {
  const [stream, text] = LINES[i % LINES.length]
  return { wire: `${stamp(at)} ${text}`, stream }
}

export function backlog(count, now) {
  return Array.from({ length: count }, (_, i) => line(i, now - (count - i) * 300))
}
