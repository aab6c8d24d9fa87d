import { inject, onBeforeUnmount, type InjectionKey } from 'vue'
import type { Command } from './command'
import type { CommandRegistry } from './registry'

export type { Command } from './command'

export const registryKey: InjectionKey<CommandRegistry> = Symbol('commands')

export function useRegistry(): CommandRegistry {
  const registry = inject(registryKey)
  if (!registry) throw new Error('no command registry was provided')
  return registry
}

/** Registers commands while the component exists. */
export function useCommands(source: () => Command[]): void {
  onBeforeUnmount(useRegistry().register(source))
}
