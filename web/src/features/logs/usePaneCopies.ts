import { onBeforeUnmount, ref, watch } from 'vue'
import { useSettings } from '../../settings/settings'
import type { PagePane } from '../../state/logs/pagePane'
import { copyText } from '../../ui/clipboard'
import { logMessages } from './logMessages'
import { withFullTimestamps } from './timestamps'
import { useLineLinks } from './useLineLinks'

/** How long the result of a copy is shown, in ms. */
const SHOWN_MS = 4000

/** Copies the selected lines of a pane, or a link to one, and says what was copied; empty when nothing was. */
export function usePaneCopies(pane: PagePane) {
  const settings = useSettings()
  const linkTo = useLineLinks()
  const notice = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined

  /** @param timed with the time of each line */
  async function copy(timed: boolean, part = pane.selection.value): Promise<void> {
    if (!part) return
    const { text, rows } = await pane.text(timed ? 'full' : 'text', part)
    const copied = await copyText(timed ? withFullTimestamps(text, settings.timestamps) : text)
    notice.value = copied ? logMessages.copyLines(rows) : logMessages.notCopied
  }

  async function copyLink(time: string): Promise<void> {
    notice.value = (await copyText(linkTo(pane, time))) ? logMessages.copiedLink : logMessages.notCopied
  }

  /** Copies a link to the first selected line. */
  async function link(): Promise<void> {
    const part = pane.selection.value
    if (!part) return
    const place = pane.view.value?.rows.find(({ n }) => n === part.from)?.time
    const time = place ?? (await timeOf(part.from))
    if (time) await copyLink(time)
  }

  async function timeOf(n: number): Promise<string | undefined> {
    const { text } = await pane.text('jsonl', { from: n, to: n })
    return (JSON.parse(text || '{}') as { timestamp?: string }).timestamp
  }

  watch(notice, () => {
    clearTimeout(timer)
    timer = setTimeout(() => (notice.value = ''), SHOWN_MS)
  })
  onBeforeUnmount(() => clearTimeout(timer))

  return { notice, copy, copyLink, link }
}
