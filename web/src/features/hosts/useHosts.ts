import { onBeforeUnmount, onMounted, shallowRef } from 'vue'
import {
  fetchEnrolments,
  fetchHosts,
  requestEnrolment,
  requestEnrolmentRevocation,
  requestHost,
  requestHostRemoval,
  type Enrolment,
  type HostRequest,
  type ListedHost,
  type NewEnrolment,
} from '../../connection/hosts'

/** Last contacts grow old, and another admin may change something meanwhile. */
const REFRESH_MS = 10_000
/** While a new host is expected. */
const EXPECTING_MS = 2_000

/** What the relay lists of hosts and enrolments, asked for again after each change and now and then. */
export function useHosts(base: string) {
  /** Null before the first answer. */
  const listed = shallowRef<ListedHost[] | null>(null)
  const enrolments = shallowRef<Enrolment[]>([])
  /** Whether the relay lets a controller connect to it; false before the first answer. */
  const canEnrol = shallowRef(false)
  /** Why the list could not be loaded; null when it could. */
  const failure = shallowRef<string | null>(null)
  let timer: ReturnType<typeof setInterval>

  async function load(): Promise<void> {
    try {
      listed.value = await fetchHosts(base)
      failure.value = null
    } catch (cause) {
      failure.value = messageOf(cause)
    }
    try {
      enrolments.value = await fetchEnrolments(base)
      canEnrol.value = true
    } catch {
      // A relay may have hosts and no enrolments.
      enrolments.value = []
      canEnrol.value = false
    }
  }

  /** Null when it is done, else why not. */
  async function change(step: () => Promise<void>): Promise<string | null> {
    try {
      await step()
    } catch (cause) {
      return messageOf(cause)
    }
    await load()
    return null
  }

  /** What to run on the host, or why there is nothing. */
  async function enrol(name: string): Promise<NewEnrolment | { problem: string }> {
    try {
      const made = await requestEnrolment(base, name === '' ? {} : { name })
      void load()
      return made
    } catch (cause) {
      return { problem: messageOf(cause) }
    }
  }

  /** Asks more often while a host is expected. */
  function expect(expecting: boolean): void {
    clearInterval(timer)
    timer = setInterval(() => void load(), expecting ? EXPECTING_MS : REFRESH_MS)
  }

  onMounted(() => {
    void load()
    expect(false)
  })
  onBeforeUnmount(() => clearInterval(timer))
  return {
    listed,
    enrolments,
    canEnrol,
    failure,
    enrol,
    reload: () => void load(),
    expect,
    add: (host: HostRequest) => change(() => requestHost(base, host)),
    remove: (name: string) => change(() => requestHostRemoval(base, name)),
    revoke: (id: string) => change(() => requestEnrolmentRevocation(base, id)),
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
