import { computed, type Ref } from 'vue'
import { messages } from '../messages'
import type { Container } from '../protocol/types'
import type { Outcome } from '../state/containers/outcomes'

/** Texts for the last action on a container: in progress, or its result. */
export function useOutcomeText(container: Ref<Container | null>, outcome: Ref<Outcome | null>) {
  const doing = computed(() =>
    outcome.value?.state === 'pending' ? messages.doing(outcome.value.action) : null,
  )
  const remark = computed(() => {
    if (outcome.value?.state !== 'done') return ''
    const health = outcome.value.action === 'stop' ? null : (container.value?.health ?? null)
    return messages.doneAnd(outcome.value.action, outcome.value.by, health)
  })
  return { doing, remark }
}
