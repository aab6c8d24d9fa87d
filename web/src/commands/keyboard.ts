import type { CommandRegistry } from './registry'
import { keystrokeOf } from './keystrokes'

const TYPED_IN =
  'textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button])'
/** Keys that focused controls use themselves. */
const OWN_KEYS = new Set(['Enter', 'Space'])

/** Passes the page's key presses to the commands. Returns a function that stops it. */
export function listenToKeyboard(registry: CommandRegistry, singleKeys: () => boolean): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const listen = (event: KeyboardEvent) => {
    const stroke = event.defaultPrevented || event.isComposing ? null : keystrokeOf(event)
    const target = event.target instanceof Element ? event.target : null
    if (stroke === null || isControlsOwn(target, stroke) || dialogIsOpen()) return
    const used = registry.press(stroke, {
      typing: target?.matches(TYPED_IN) ?? false,
      inLogs: target?.closest('[data-scope=logs]') != null || logsAreTheView(),
      singleKeys: singleKeys(),
      now: Date.now(),
    })
    if (used) event.preventDefault()
    clearTimeout(timer)
    if (registry.waiting.value !== null) timer = setTimeout(() => registry.expire(Date.now()), 3050)
  }
  document.addEventListener('keydown', listen)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('keydown', listen)
  }
}

function isControlsOwn(target: Element | null, stroke: string): boolean {
  return OWN_KEYS.has(stroke) && target?.closest('button, a, summary, input, [role=menuitem]') != null
}

/** Where the view is a log, its keys work wherever the focus is. */
function logsAreTheView(): boolean {
  return document.querySelector('[data-keys=logs]') !== null
}

/** An open dialog has its own keys; the page below it ignores them. */
function dialogIsOpen(): boolean {
  return document.querySelector('dialog[open]') !== null
}
