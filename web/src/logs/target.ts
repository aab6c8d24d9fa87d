/** Whose log is shown. */
export interface Target {
  /** Empty when a v1 relay does not say. */
  controller: string
  name: string
  id: string | null
}

/** The unambiguous way to write a container in a request. */
export function addressOf(target: Target): string {
  return target.controller === '' ? target.name : `${target.controller}/${target.name}`
}
