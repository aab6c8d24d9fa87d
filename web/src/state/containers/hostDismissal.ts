import { shallowRef, type ShallowRef } from 'vue'

/** Dismisses a host that is away, after the reader has confirmed it. One for the page. */
export class HostDismissal {
  /** The host that waits for confirmation; null for none. */
  readonly asked: ShallowRef<string | null> = shallowRef(null)
  /** Why the relay refused it; null when it did not. */
  readonly refusal: ShallowRef<string | null> = shallowRef(null)

  /** @param request resolves to null when the relay has dismissed the host, else to the reason */
  constructor(private readonly request: (controller: string) => Promise<string | null>) {}

  ask(controller: string): void {
    this.refusal.value = null
    this.asked.value = controller
  }

  cancel(): void {
    this.asked.value = null
  }

  async confirm(): Promise<void> {
    const controller = this.asked.value
    if (controller === null) return
    const refusal = await this.request(controller)
    if (this.asked.value !== controller) return
    this.refusal.value = refusal
    if (refusal === null) this.asked.value = null
  }
}
