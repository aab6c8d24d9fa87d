import type { Details, Mount, Network } from '../../protocol/details'
import type { Container } from '../../protocol/types'
import { instant, formatMoment } from '../../ui/time'
import { bytes } from '../../ui/units'
import { portTexts } from '../../state/containers/uptime'
import { printable } from '../../logs/text/plainText'

/** A detail with its name; the note is shown smaller. */
export interface Fact {
  name: string
  value: string
  note?: string
  /** True for ids, paths and commands: shown in a monospaced font. */
  exact?: boolean
}

/** What a container is and how it was started, without unknown values. */
export function overview(container: Container, details: Details): Fact[] {
  const command = [...details.entrypoint, ...details.command].map(quoted).join(' ')
  const facts: [string, string | null, exact?: boolean][] = [
    ['Full name', printable(container.full_name), true],
    ['ID', container.id, true],
    ['Image', details.image, true],
    ['Image ID', details.image_id, true],
    ['Command', command || null, true],
    ['Ports', portTexts(container.ports).join('  ') || null, true],
    ['Created', time(details.created_at)],
    ['Started', time(container.started_at)],
    [container.running ? 'Last exit' : 'Exited', time(container.finished_at)],
    ['Exit code', container.exit_code === null ? null : String(container.exit_code)],
    ['Could not start', container.error],
    ['Restarts', container.restart_count === null ? null : String(container.restart_count)],
    ['Restart policy', details.restart_policy],
    ['Service', container.service],
    ['User', details.user, true],
    ['Working directory', details.working_dir, true],
    ['Hostname', details.hostname, true],
    ['Memory limit', details.memory_limit === null ? null : bytes(details.memory_limit)],
    ['CPU limit', details.cpu_limit === null ? null : `${details.cpu_limit} cores`],
    ['Process limit', details.pids_limit === null ? null : String(details.pids_limit)],
    ['Logging driver', details.logging_driver],
    ['Stop signal', details.stop_signal],
  ]
  return facts.flatMap(([name, value, exact]) =>
    value === null || value === '' ? [] : [{ name, value, exact: exact ?? false }],
  )
}

export function mountFacts(mounts: readonly Mount[]): Fact[] {
  return mounts.map((mount) => ({
    name: mount.destination,
    value: mount.name ?? mount.source ?? '—',
    note: [mount.type, mount.read_only ? 'read only' : ''].filter(Boolean).join(', '),
    exact: true,
  }))
}

export function networkFacts(networks: readonly Network[]): Fact[] {
  return networks.map(({ name, ip, ipv6, gateway, aliases }) => ({
    name,
    value: [ip, ipv6].filter(Boolean).join('  ') || '—',
    note: [gateway ? `gateway ${gateway}` : '', aliases.length > 0 ? `aliases: ${aliases.join(', ')}` : '']
      .filter(Boolean)
      .join('; '),
    exact: true,
  }))
}

function time(timestamp: string | null): string | null {
  const at = instant(timestamp)
  return at === null ? null : formatMoment(at, Date.now())
}

/** Quoted as in a shell, so that it is clear where an argument ends. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
