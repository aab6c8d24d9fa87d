// The details of a fake container, in the shape of the protocol's example.
export function detailsOf(one, now) {
  const at = (ago) => new Date(now - ago).toISOString()
  const probe = (ago, exit_code, output) => ({
    started_at: at(ago),
    ended_at: at(ago - 62),
    exit_code,
    output,
  })
  const sick = one.health === 'unhealthy'
  return {
    container: one.name,
    full_name: one.full_name,
    controller: one.controller,
    id: one.id,
    image: one.image,
    image_id: 'sha256:9e0a54b1fbb2',
    created_at: one.started_at,
    entrypoint: ['/docker-entrypoint.sh'],
    command: ['nginx', '-g', 'daemon off;'],
    working_dir: '/',
    user: null,
    hostname: one.id,
    tty: false,
    restart_policy: 'unless-stopped',
    logging_driver: 'json-file',
    stop_signal: 'SIGQUIT',
    memory_limit: 536870912,
    cpu_limit: 1.5,
    pids_limit: null,
    environment: [
      { name: 'NGINX_VERSION', value: '1.27', masked: false },
      { name: 'ADMIN_PASSWORD', value: null, masked: true },
      { name: 'PATH', value: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin', masked: false },
    ],
    labels: [
      { name: 'com.docker.compose.project', value: one.project ?? 'none', masked: false },
      { name: 'org.example.<img src=x>', value: '<b>not markup</b>', masked: false },
    ],
    mounts: [
      { type: 'bind', name: null, source: '/srv/www', destination: '/usr/share/nginx/html', read_only: true },
      { type: 'volume', name: 'cache', source: null, destination: '/var/cache/nginx', read_only: false },
    ],
    networks: [
      {
        name: 'relay_default',
        ip: '172.18.0.2',
        ipv6: null,
        gateway: '172.18.0.1',
        mac: '02:42:ac:12:00:02',
        aliases: [one.name],
      },
    ],
    health: one.health
      ? {
          status: one.health,
          failing_streak: sick ? 3 : 0,
          test: ['CMD-SHELL', 'curl -fsS http://localhost/healthz || exit 1'],
          interval_ms: 30000,
          probes: [
            probe(90_000, 0, 'ok\n'),
            probe(60_000, sick ? 1 : 0, sick ? 'curl: (22) The requested URL returned error: 503\n' : 'ok\n'),
            probe(30_000, sick ? 1 : 0, sick ? 'curl: (22) The requested URL returned error: 503\n' : 'ok\n'),
          ],
        }
      : null,
  }
}
