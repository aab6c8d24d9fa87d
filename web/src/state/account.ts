import { computed, inject, shallowRef, type InjectionKey, type ShallowRef } from 'vue'
import {
  fetchAccount,
  requestProvider,
  requestSetUp,
  requestSignIn,
  requestSignOut,
  type AccountAnswer,
  type AccountState,
} from '../connection/account'

/** How often the session is used at most while the reader uses the page, so that it does not end as idle. */
const USED_EVERY_MS = 60_000

/** What the page does when the session begins or ends. */
export interface AccountEvents {
  /** The reader has signed in, as the same user as before or as the first one. */
  entered(): void
  /** Another user is on this page now, or none: nothing of the former one may stay. */
  left(): void
  /** The browser leaves the page for another address. */
  go(address: string): void
}

/**
 * Who uses this page. One for the page; its refs are reactive.
 */
export class Account {
  /** Null until the relay has answered. */
  readonly state: ShallowRef<AccountState | null> = shallowRef(null)
  /** Whether the page may be shown: the relay has answered, or cannot be asked. */
  readonly settled = shallowRef(false)
  /** Whether the reader has to sign in first. */
  readonly locked = computed(() => (this.state.value?.ways.length ?? 0) > 0 && !this.state.value?.signedIn)
  /** Who was signed in last; the form proposes this name. */
  readonly lastName = shallowRef('')
  /** Whether a session has ended on this page without a sign-out here. */
  readonly ended = shallowRef(false)
  /** Why the last sign-out failed; null when it did not. */
  readonly problem = shallowRef<string | null>(null)

  private usedAt = 0

  constructor(
    private readonly base: string,
    private readonly events: AccountEvents,
    private readonly now: () => number = () => Date.now(),
  ) {}

  /** Asks the relay who this is; another tab may have signed in as another user. Never fails: without an answer all stays as it is. */
  async load(): Promise<void> {
    try {
      this.meet(await fetchAccount(this.base))
    } catch {
      // An outage is shown by the connection.
    }
    this.settled.value = true
  }

  /** The reader uses the page. */
  used(): void {
    if (!this.state.value?.signedIn || this.now() - this.usedAt < USED_EVERY_MS) return
    this.usedAt = this.now()
    void this.load()
  }

  /** Resolves to null on success, else to the reason. */
  async signIn(name: string, password: string): Promise<string | null> {
    return this.enter(await requestSignIn(this.base, name, password))
  }

  /**
   * Leaves the page for the identity provider, which sends the reader back. Resolves to null on success, else to the reason.
   *
   * @param to where the reader is, as a path below the relay's own
   */
  async signInAtProvider(to: string): Promise<string | null> {
    const answer = await requestProvider(this.base, to)
    if (answer.location !== null) this.events.go(answer.location)
    return answer.problem
  }

  /** Makes the first user. Resolves to null on success, else to the reason. */
  async setUp(token: string, name: string, password: string): Promise<string | null> {
    return this.enter(await requestSetUp(this.base, { token, name, password }))
  }

  /** @param everywhere in all browsers of this user */
  async signOut(everywhere: boolean): Promise<void> {
    const answer = await requestSignOut(this.base, everywhere)
    this.problem.value = answer.problem
    if (answer.state === null) return
    if (answer.location !== null) this.events.go(answer.location)
    else this.events.left()
  }

  private enter(answer: AccountAnswer): string | null {
    if (answer.state === null) return answer.problem
    if (!this.meet(answer.state)) this.events.entered()
    return null
  }

  /** Returns whether this is another user than before. */
  private meet(state: AccountState): boolean {
    const before = this.lastName.value
    const another = before !== '' && state.name !== null && state.name !== before
    if (state.name !== null) this.lastName.value = state.name
    this.ended.value = !state.signedIn && (this.ended.value || this.state.value?.signedIn === true)
    this.state.value = state
    if (another) this.events.left()
    return another
  }
}

export const accountKey: InjectionKey<Account> = Symbol('account')

/** The page's account, inside a component. */
export function useAccount(): Account {
  const account = inject(accountKey)
  if (!account) throw new Error('no account was provided')
  return account
}
