import { ref } from 'vue'

const STORAGE_KEY = 'dockrelay.dock-height'
const LOWEST = 15
const HIGHEST = 85

/** The dock's height in percent of the page, saved in this browser. */
export function useDockHeight() {
  const height = ref(clamp(Number(read() ?? 45)))

  function resize(wanted: number) {
    height.value = clamp(wanted)
    try {
      localStorage.setItem(STORAGE_KEY, String(height.value))
    } catch {
      // Without storage the height is lost when the page closes; nothing else is.
    }
  }

  return { height, resize }
}

function read(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY)
  } catch {
    return null
  }
}

function clamp(percent: number): number {
  return Number.isFinite(percent) ? Math.round(Math.max(LOWEST, Math.min(HIGHEST, percent))) : 45
}
