import type { ActionName } from '../protocol/types'

// The relay's URLs, relative to the page's own, so that they work under a path prefix.

export function socketUrl(base: string): string {
  const url = new URL('ws', base)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}

export function sessionUrl(base: string): string {
  const url = new URL('api/session', base)
  // A browser sends the page's origin with a WebSocket, but not with this request.
  url.searchParams.set('origin', url.origin)
  return url.href
}

export function controllerUrl(base: string, controller: string): string {
  return new URL(`api/controllers/${encodeURIComponent(controller)}`, base).href
}

export function actionUrl(base: string, controller: string, name: string, action: ActionName): string {
  const url = new URL(`api/container/${encodeURIComponent(name)}/${action}`, base)
  if (controller !== '') url.searchParams.set('controller', controller)
  return url.href
}
