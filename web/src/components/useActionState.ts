import { computed, type Ref } from 'vue'
import { messages } from '../messages'
import type { ActionInProgress, Container } from '../protocol/types'
import { keyOf } from '../state/containers/containerList'
import { UNDO_MS } from '../state/containers/delayedStops'
import { graceLeft, progressOn } from '../state/containers/progress'
import { useSession } from '../state/session'
import { clockTime, duration, instant } from '../ui/time'

/** What a container's actions are doing: in progress, waiting to be taken back, or their result; with the texts for it. */
export function useActionState(container: Ref<Container | null>) {
  const session = useSession()
  const key = computed(() => (container.value ? keyOf(container.value) : ''))
  const outcome = computed(() => session.outcomes.value.get(key.value) ?? null)
  const progress = computed(() => (container.value ? progressOn(container.value, outcome.value) : null))
  const delayed = computed(() => session.actions.delayed.waiting.value.get(key.value) ?? null)

  const doing = computed(() => (progress.value ? messages.doing(progress.value.action) : null))
  /** Replaces the state's own note; null for none. */
  const note = computed(() => {
    if (delayed.value)
      return messages.stopsIn(seconds(Math.min(UNDO_MS, delayed.value.at - session.now.value)))
    if (!progress.value) return null
    const left = graceLeft(progress.value, session.now.value + session.skew.value)
    if (left === null) return ''
    return left === 0 ? messages.graceIsOver : messages.killedIn(seconds(left))
  })
  const remark = computed(() => (progress.value ? remarkOn(progress.value) : result()))

  /** What waits comes first: a narrow row shows the beginning only. */
  function remarkOn(current: ActionInProgress): string {
    const requested = requester(current)
    if (current.waiting.length === 0) return requested
    const next = messages.follows(current.waiting)
    return requested === '' ? next : `${next}. ${requested}`
  }

  /** What this page has requested may wait for an equal action of another user. */
  function requester({ action, by, since, waiting }: ActionInProgress): string {
    const requested =
      outcome.value?.state === 'pending' && outcome.value.action === action && !waiting.includes(action)
    const who = requested ? outcome.value!.by : by
    const at = instant(since)
    return who === null
      ? ''
      : messages.requestedBy(who, at === null ? '' : clockTime(at - session.skew.value))
  }

  function result(): string {
    if (outcome.value?.state !== 'done') return ''
    const { action, by } = outcome.value
    const ends = action === 'stop' || action === 'kill'
    return messages.doneAnd(action, by, ends ? null : (container.value?.health ?? null))
  }

  return { progress, delayed, doing, note, remark }
}

/** Rounded up, so that it ends with 1 s. */
function seconds(ms: number): string {
  return duration(Math.ceil(ms / 1000) * 1000)
}
