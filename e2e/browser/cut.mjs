// A TCP proxy between browser and relay that can be cut and joined again, as by a closed laptop or a bad network.
import { connect, createServer } from 'node:net'

export async function cuttable(target) {
  const { hostname, port } = new URL(target)
  const open = new Set()
  let whole = true
  const server = createServer((near) => {
    if (!whole) return near.destroy()
    const far = connect(Number(port), hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ]) {
      open.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => (open.delete(one), other.destroy()))
    }
  })
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `http://localhost:${server.address().port}/`,
    cut() {
      whole = false
      for (const socket of open) socket.destroy()
    },
    join() {
      whole = true
    },
    close() {
      this.cut()
      server.close()
    },
  }
}
