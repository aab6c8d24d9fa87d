import type { Container } from '../../protocol/types'
import { messages } from '../../messages'
import type { Fleet } from './fleet'

/** A container that is no longer listed, although its controller is connected. */
export function isRemoved(last: Container, fleet: Fleet): boolean {
  const controller = fleet.controllers.get(last.controller)
  return fleet.known && (controller ? controller.state === 'connected' : last.controller === '')
}

/** A container as it last was, after its removal: nothing can be done with it any more. */
export function asRemoved(last: Container): Container {
  const reason = messages.noContainer
  return {
    ...last,
    status: 'removed',
    running: false,
    health: null,
    actions: { start: reason, stop: reason, restart: reason },
    action: null,
    last_status: null,
    last_health: null,
    as_of: null,
  }
}
