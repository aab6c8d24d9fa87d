import { shallowRef } from 'vue'
import { isPossible, isSingleKey, type Command } from './command'

/** The situation in which a key is pressed. */
export interface KeyContext {
  /** The focus is in a text field. */
  typing: boolean
  /** The focus is inside an element with `data-scope="logs"`, or the view is one with `data-keys="logs"`. */
  inLogs: boolean
  /** Single keys are enabled. */
  singleKeys: boolean
  now: number
}

const SECOND_STROKE_MS = 1200
export const SECOND_PRESS_MS = 3000

/**
 * All current commands, and which one a keystroke runs. One for the page; does not use the DOM. Components register
 * functions that return commands, so that a command always sees the component's current state.
 */
export class CommandRegistry {
  /** Grows with each registration, for components that list commands. */
  readonly version = shallowRef(0)
  /** The message after the first of two presses; null when no second press is expected. */
  readonly waiting = shallowRef<string | null>(null)
  private readonly sources = new Set<() => Command[]>()
  private begun: { stroke: string; at: number } | null = null
  private armed: { id: string; at: number } | null = null

  register(source: () => Command[]): () => void {
    this.sources.add(source)
    this.version.value++
    return () => {
      this.sources.delete(source)
      this.version.value++
    }
  }

  all(): Command[] {
    return [...this.sources].flatMap((source) => source())
  }

  possible(): Command[] {
    return this.all().filter(isPossible)
  }

  /** True when the keystroke was used, so that the browser must ignore it. */
  press(stroke: string, situation: KeyContext): boolean {
    const begun = this.begun && situation.now - this.begun.at < SECOND_STROKE_MS ? this.begun.stroke : null
    this.begun = null
    const second = begun === null ? null : this.find(`${begun} ${stroke}`, situation)
    const command = second ?? this.find(stroke, situation)
    if (command) {
      this.runOrArm(command, situation.now)
      return true
    }
    this.disarm()
    if (!this.begins(stroke, situation)) return false
    this.begun = { stroke, at: situation.now }
    return true
  }

  /** Forgets a first press without a second one. */
  expire(now: number): void {
    if (this.armed && now - this.armed.at >= SECOND_PRESS_MS) this.disarm()
  }

  private runOrArm(command: Command, now: number): void {
    const question = command.confirm?.() ?? null
    const again = this.armed?.id === command.id && now - this.armed.at < SECOND_PRESS_MS
    this.disarm()
    if (question !== null && !again) {
      this.armed = { id: command.id, at: now }
      this.waiting.value = question
    } else {
      command.run()
    }
  }

  private disarm(): void {
    this.armed = null
    this.waiting.value = null
  }

  private find(keys: string, situation: KeyContext): Command | null {
    if (!this.allowed(keys, situation)) return null
    const found = this.inScope(situation).filter((command) => command.keys?.includes(keys))
    return found.sort((a, b) => rank(b) - rank(a))[0] ?? null
  }

  private begins(stroke: string, situation: KeyContext): boolean {
    if (!this.allowed(stroke, situation)) return false
    return this.inScope(situation).some((command) =>
      command.keys?.some((keys) => keys.startsWith(`${stroke} `)),
    )
  }

  private inScope(situation: KeyContext): Command[] {
    return this.possible().filter((command) => command.scope !== 'logs' || situation.inLogs)
  }

  private allowed(keys: string, situation: KeyContext): boolean {
    return !isSingleKey(keys) || (situation.singleKeys && !situation.typing)
  }
}

function rank(command: Command): number {
  return (command.priority ?? 0) + (command.scope === 'logs' ? 1000 : 0)
}
