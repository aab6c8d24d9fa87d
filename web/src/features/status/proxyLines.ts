/** What a reverse proxy in front of the relay needs, so that it passes on the browser's Host and WebSockets. */
export interface ProxyLines {
  proxy: string
  lines: string
}

export const PROXY_LINES: readonly ProxyLines[] = [
  {
    proxy: 'nginx',
    lines: [
      'proxy_http_version 1.1;',
      'proxy_set_header Host $http_host;',
      'proxy_set_header Upgrade $http_upgrade;',
      'proxy_set_header Connection "upgrade";',
    ].join('\n'),
  },
  {
    proxy: 'Caddy',
    lines: 'reverse_proxy RELAY:3000    # without "header_up Host" and "header_up Connection"',
  },
  {
    proxy: 'Traefik',
    lines: 'loadBalancer: { passHostHeader: true }    # without customRequestHeaders for these headers',
  },
]
