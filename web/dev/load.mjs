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
