/** The container whose log is shown. */
export interface Target {
  /** Empty when the relay (v1) does not name it. */
  controller: string
  name: string
  /** Null when the container does not exist yet. */
  id: string | null
}

/** The unambiguous address of a container in a request. */
export function addressOf(target: Target): string {
  return target.controller === '' ? target.name : `${target.controller}/${target.name}`
}
