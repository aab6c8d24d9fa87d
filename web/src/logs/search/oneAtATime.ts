import type { FetchLines } from './searchLogs'

/** Runs searches one after the other. One that is aborted while it waits never begins. */
export function oneAtATime(fetchLines: FetchLines): FetchLines {
  const waiting = new Set<() => void>()
  let isBusy = false
  return async (path, onLine, signal) => {
    if (isBusy && !(await turn(waiting, signal))) return { ended: false, status: null, reason: 'aborted' }
    isBusy = true
    try {
      return await fetchLines(path, onLine, signal)
    } finally {
      // The next one gets the turn, so that a new search cannot overtake it.
      const [next] = waiting
      isBusy = next !== undefined
      next?.()
    }
  }
}

/** Resolves to whether it is the search's turn: false when it was aborted before. */
function turn(waiting: Set<() => void>, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const leave = (isTurn: boolean) => {
      waiting.delete(begin)
      resolve(isTurn)
    }
    const begin = () => leave(true)
    waiting.add(begin)
    signal.addEventListener('abort', () => leave(false), { once: true })
  })
}
