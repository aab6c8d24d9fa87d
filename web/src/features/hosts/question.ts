/** What is asked before a step that cannot be taken back. */
export interface Question {
  text: string
  note: string
  agree: string
  /** Resolves to null when it is done, else to the reason. */
  step: () => Promise<string | null>
  /** Announced when it is done. */
  done: string
}
