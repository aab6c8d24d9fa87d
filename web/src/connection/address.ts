import type { ActionName } from '../protocol/types'

/** Addresses relative to where the page was served from, so that it works under a path prefix too. */
export function socketUrl(base: string): string {
  const url = new URL('ws', base)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}

export function sessionUrl(base: string): string {
  return new URL('api/session', base).href
}

export function actionUrl(base: string, controller: string, name: string, action: ActionName): string {
  const url = new URL(`api/container/${encodeURIComponent(name)}/${action}`, base)
  if (controller !== '') url.searchParams.set('controller', controller)
  return url.href
}
