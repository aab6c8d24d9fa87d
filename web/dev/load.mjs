// Load of the fake containers: a wave per container, and growing counters.
const MIB = 2 ** 20

export function statsOf(controller, containers, at) {
  return {
    type: 'stats',
    at: new Date(at).toISOString(),
    items: containers.filter((one) => one.running).map((one) => item(controller, one, at)),
    hosts: [{ controller, cpus: 8, memory_total: 64 * 1024 * MIB }],
  }
}

/** The last hour of the containers that run. */
export function recentOf(controller, containers, now) {
  const step_ms = 60_000
  const since = Math.floor(now / step_ms) * step_ms - 60 * step_ms
  const times = Array.from({ length: 61 }, (_, i) => since + i * step_ms)
  return {
    controller,
    since: new Date(since).toISOString(),
    step_ms,
    host: { controller, cpus: 8, memory_total: 64 * 1024 * MIB },
    items: containers
      .filter((one) => one.running)
      .map((one) => ({
        container: one.name,
        id: one.id,
        memory_limit: item(controller, one, now).memory_limit,
        cpu_cores: times.map((at) => item(controller, one, at).cpu_cores),
        memory_bytes: times.map((at) => item(controller, one, at).memory_bytes),
      })),
  }
}

/** The past of one container; it did not run for a tenth of the range. */
export function historyOf(controller, one, since, step, now) {
  const step_ms = step * 1000
  const begin = Math.floor(since / step_ms) * step_ms
  const count = Math.ceil((now - begin) / step_ms)
  const stopped = (i) => i > count * 0.3 && i < count * 0.4
  const items = Array.from({ length: count }, (_, i) =>
    stopped(i) ? null : item(controller, one, begin + i * step_ms),
  )
  const column = (of, more = 1) => ({
    mean: items.map((each) => each && of(each)),
    max: items.map((each, i) => each && of(each) * (i % 7 === 0 ? more : 1.1)),
  })
  return {
    container: one.name,
    controller,
    id: one.id,
    since: new Date(begin).toISOString(),
    step_ms,
    host: { controller, cpus: 8, memory_total: 64 * 1024 * MIB },
    memory_limit: item(controller, one, now).memory_limit,
    cpu_cores: column((each) => each.cpu_cores, 3),
    memory_bytes: column((each) => each.memory_bytes),
    rx_bytes: column((each) => 40_000 + 4e5 * each.cpu_cores, 2),
    tx_bytes: column((each) => 15_000 + 2e5 * each.cpu_cores, 2),
    read_bytes: column(() => 2000),
    write_bytes: column((each) => 8000 + 5e4 * each.cpu_cores, 4),
  }
}

function item(controller, { name, id }, at) {
  const seed = [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1000
  const t = at / 1000
  const wave = (period, phase) => (Math.sin(t / period + seed + phase) + 1) / 2
  const noise = ((Math.floor(t) * 7919 + seed * 104729) % 97) / 97
  const cpu = (seed % 17 === 0 ? 0.8 : 0.02 + (seed % 10) / 60) * (0.6 + 0.5 * wave(9, 0) + 0.3 * noise)
  const limited = seed % 2 === 0
  const silent = seed % 5 === 0
  return {
    controller,
    container: name,
    id,
    cpu_cores: cpu,
    memory_bytes: Math.round((40 + (seed % 400)) * MIB * (0.9 + 0.1 * wave(40, 1))),
    memory_limit: limited ? 512 * MIB : null,
    rx_bytes: silent ? null : Math.round((t % 1e6) * 40_000 + 90_000 * wave(7, 2)),
    tx_bytes: silent ? null : Math.round((t % 1e6) * 15_000 + 50_000 * wave(5, 3)),
    read_bytes: Math.round((t % 1e6) * 2000),
    write_bytes: Math.round((t % 1e6) * 8000 + 9000 * wave(11, 0)),
  }
}
