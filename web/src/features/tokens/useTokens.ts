import { onBeforeUnmount, onMounted, shallowRef } from 'vue'
import {
  fetchTokens,
  requestRevocation,
  requestToken,
  type TokenList,
  type TokenRequest,
} from '../../connection/tokens'

/** Another page or a program may use and change them meanwhile. */
const REFRESH_MS = 30_000

/** The reader's tokens, asked for again after each change and now and then. */
export function useTokens(base: string) {
  /** Null before the first answer. */
  const list = shallowRef<TokenList | null>(null)
  /** Why the list could not be loaded; null when it could. */
  const failure = shallowRef<string | null>(null)

  async function load(): Promise<void> {
    try {
      list.value = await fetchTokens(base)
      failure.value = null
    } catch (cause) {
      failure.value = messageOf(cause)
    }
  }

  /** The whole text of the new token, or why there is none. */
  async function make(asked: TokenRequest): Promise<{ secret: string } | { problem: string }> {
    try {
      const secret = await requestToken(base, asked)
      void load()
      return { secret }
    } catch (cause) {
      return { problem: messageOf(cause) }
    }
  }

  /** Null when it is revoked, else why not. */
  async function revoke(id: string): Promise<string | null> {
    try {
      await requestRevocation(base, id)
    } catch (cause) {
      return messageOf(cause)
    }
    await load()
    return null
  }

  let timer: ReturnType<typeof setInterval>
  onMounted(() => {
    void load()
    timer = setInterval(() => void load(), REFRESH_MS)
  })
  onBeforeUnmount(() => clearInterval(timer))
  return { list, failure, make, revoke }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
