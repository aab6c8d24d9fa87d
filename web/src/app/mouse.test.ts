import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { golden } from '../testing/examples'
import { eventually, openPage, press, type TestPage } from '../testing/page'

let test: TestPage
let page: VueWrapper

async function open(path: string): Promise<void> {
  test = openPage(`http://relay.test${path}`)
  ;({ page } = test)
  test.environment.socket.open()
  test.environment.socket.receive(golden('container_update'))
  await flushPromises()
}

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', (task: () => void) => setTimeout(task))
})

afterEach(() => {
  document.getSelection()?.removeAllRanges()
  test.close()
  vi.unstubAllGlobals()
})

/** Selects the text of an element, as dragging does. */
function drag({ element }: { element: Element }): void {
  document.getSelection()!.selectAllChildren(element)
  document.dispatchEvent(new Event('selectionchange'))
}

function endSelection(): void {
  document.getSelection()!.removeAllRanges()
  document.dispatchEvent(new Event('selectionchange'))
}

describe('a click on a row of the list', () => {
  const row = () => page.get('[data-testid=container-row][data-container="ffmpeg-kick"]')
  const opened = () => test.history.address()
  let tabs: ReturnType<typeof vi.fn>

  beforeEach(async () => {
    tabs = vi.fn()
    vi.stubGlobal('open', tabs)
    await open('/?q=ffmpeg')
  })

  it('opens the container, and the list is as it was on the way back', async () => {
    await row().get('.at-uptime').trigger('click')
    expect(opened()).toBe('http://relay.test/c/edge-1/0123456789ab?q=ffmpeg')

    test.router.go(test.router.path('list'))
    await eventually(() =>
      expect(document.activeElement).toBe(row().get('[data-testid=open-details]').element),
    )
    expect(test.router.query('q')).toBe('ffmpeg')
  })

  it.each([
    ['with Control', 'click', { ctrlKey: true }],
    ['with Command', 'click', { metaKey: true }],
    ['of the middle button', 'auxclick', { button: 1 }],
  ])('%s opens it in a new tab', async (_, event, how) => {
    await row().get('.at-uptime').trigger(event, how)
    expect(tabs).toHaveBeenCalledWith('http://relay.test/c/edge-1/0123456789ab', '_blank', 'noopener')
    expect(test.router.page).toBe('list')
  })

  it('of the right button, on a control, or at the end of a text selection opens nothing', async () => {
    await row().get('.at-uptime').trigger('auxclick', { button: 2 })
    await row().get('[data-testid=select]').trigger('click')
    drag(row().get('[data-testid=image]'))
    await row().get('[data-testid=image]').trigger('click')
    await row().get('[data-testid=open-details]').trigger('click', { detail: 1 })
    expect(test.router.page).toBe('list')
    expect(tabs).not.toHaveBeenCalled()
  })

  it('on its link by Enter opens it even while text is selected', async () => {
    drag(row().get('[data-testid=image]'))
    await row().get('[data-testid=open-details]').trigger('click', { detail: 0 })
    expect(test.router.page).toBe('container')
  })

  it('and the filter afterwards: the row does not take the focus from it', async () => {
    await row().get('.at-uptime').trigger('click')
    test.router.setQuery({ tab: 'details' })
    await eventually(() => page.get('[data-testid=panel-details]'))
    press('/')
    await flushPromises()
    expect(document.activeElement).toBe(page.get('[data-testid=filter]').element)
  })

  it('that selects some containers lets the checkbox in the head select all', async () => {
    test.router.setQuery({ q: null })
    await flushPromises()
    const box = page.get<HTMLInputElement>('[data-testid=select-all]')
    await row().get('[data-testid=select]').trigger('click')
    expect([box.element.checked, box.element.indeterminate]).toEqual([true, true])
    await box.trigger('click')
    await flushPromises()
    expect([box.element.checked, box.element.indeterminate]).toEqual([true, false])
  })

  it('all containers are selected, and none, in the head', async () => {
    await page.get('[data-testid=select-all]').trigger('click')
    expect(page.get('[data-testid=selection] strong').text()).toBe('1 selected')
    await page.get('[data-testid=select-all]').trigger('click')
    expect(page.find('[data-testid=selection]').exists()).toBe(false)
  })
})

describe('a click on a log line', () => {
  const line = (i: number) => page.findAll('[data-testid=log-line]')[i]!
  const marked = () => page.findAll('.line.marked').map((one) => one.get('[data-testid=log-text]').text())
  const inspector = () => page.find('[data-testid=log-inspector]')
  const following = () => page.get('[data-testid=log]').attributes('data-following')

  beforeEach(async () => {
    await open('/logs?p=edge-1/ffmpeg-kick')
    await eventually(() => page.get('[data-testid=log]'))
    const { sub } = test.environment.socket.sent.find(({ type }) => type === 'subscribe_logs')!
    const logs = ['one', 'two', '{"n":3}'].map((text, i) => `2025-11-25T22:52:3${i}.000000000Z ${text}`)
    test.environment.socket.receive({ ...JSON.parse(golden('log_snapshot')), sub, logs, streams: 'ooo' })
    await eventually(() => expect(page.findAll('[data-testid=log-line]')).toHaveLength(3))
  })

  it('opens its details, and a second one closes them; the log goes on', async () => {
    await line(1).trigger('click')
    await eventually(() => expect(inspector().find('.raw').text()).toBe('two'))
    expect(marked()).toEqual(['two'])

    await line(2).trigger('click')
    await eventually(() => expect(inspector().find('.raw').text()).toContain('"n": 3'))
    await line(2).trigger('click')
    expect(inspector().exists()).toBe(false)
    expect(marked()).toEqual([])
    expect(following()).toBe('true')
  })

  it('with Shift selects all lines up to it, which can be copied', async () => {
    await line(0).trigger('click')
    await line(2).trigger('click', { shiftKey: true })
    expect(marked()).toEqual(['one', 'two', '{"n":3}'])
    expect(page.get('[data-testid=log-selected]').text()).toContain('Copy')
  })

  it('with Shift keeps the lines when the text that the browser selected goes', async () => {
    await line(0).trigger('click')
    drag(line(2).get('[data-testid=log-text]'))
    // A browser reports the end of a text selection only after the click.
    const end = vi.spyOn(document.getSelection()!, 'removeAllRanges').mockImplementation(() => {})
    await line(2).trigger('click', { shiftKey: true })
    end.mockRestore()
    endSelection()
    await flushPromises()
    expect(marked()).toEqual(['one', 'two', '{"n":3}'])
  })

  it('at the end of a text selection opens nothing', async () => {
    drag(line(1).get('[data-testid=log-text]'))
    await line(1).trigger('click')
    expect(inspector().exists()).toBe(false)
    expect(marked()).toEqual([])
  })

  it('selected text stands still until the selection is gone', async () => {
    drag(line(1).get('[data-testid=log-text]'))
    await flushPromises()
    expect(following()).toBe('false')
    endSelection()
    await flushPromises()
    expect(following()).toBe('true')
  })

  it('opens details whose buttons act on that line, whatever is selected meanwhile', async () => {
    await line(2).trigger('click')
    await eventually(() => expect(inspector().find('.raw').exists()).toBe(true))
    const [pane] = test.session.logs.panes
    const copied = vi.spyOn(pane!, 'text')
    const posted = vi.spyOn(pane!, 'post')
    const n = pane!.inspected.value!
    pane!.selection.value = null
    await inspector().get('[data-testid=log-copy]').trigger('click')
    await inspector().get('[data-testid=log-copy-timed]').trigger('click')
    for (const act of inspector().findAll('.act')) if (act.text().endsWith('o')) await act.trigger('click')
    expect(copied.mock.calls).toEqual([
      ['text', { from: n, to: n }],
      ['full', { from: n, to: n }],
    ])
    expect(posted).toHaveBeenCalledWith({ type: 'unfold', n, open: true })
  })

  it('an inverted time range is refused with the reason', async () => {
    await page.get('[data-testid=log-time] button').trigger('click')
    await page.get('[data-testid=log-range-from]').setValue('2025-11-25 12:00')
    await page.get('[data-testid=log-range-until]').setValue('2025-11-25 11:00')
    await page.get('[data-testid=log-range-show]').trigger('submit')
    expect(page.text()).toContain('The end is before the beginning.')
    expect(test.session.logs.panes[0]!.spec.value.range).toBeNull()
  })

  it('selected text does not bring the log back from where the reader went meanwhile', async () => {
    drag(line(1).get('[data-testid=log-text]'))
    press('j')
    await eventually(() => expect(marked()).toHaveLength(1))
    endSelection()
    await flushPromises()
    expect(following()).toBe('false')
    expect(marked()).toHaveLength(1)
  })

  it('its lines wrap by the menu too: in a narrow pane a search takes the place of the button', async () => {
    await page.get('[data-testid=log-more] button').trigger('click')
    const item = page.get('[data-testid=log-wrap-item]')
    for (const wrapped of [true, false]) {
      await item.trigger('click')
      expect(test.settings.wrap).toBe(wrapped)
      for (const control of [item, page.get('[data-testid=log-wrap]')])
        expect(control.attributes('aria-pressed')).toBe(String(wrapped))
    }
  })

  it('every key of a log has a control that can be seen', async () => {
    await line(2).trigger('click')
    await eventually(() => expect(inspector().find('.raw').exists()).toBe(true))
    test.session.logs.panes[0]!.change({ text: 't' })
    const shown = new Set<string>()
    const look = () => {
      for (const one of page.findAll('[data-shortcut]')) shown.add(one.attributes('data-shortcut')!)
      for (const one of page.findAll('kbd')) shown.add(one.text())
    }
    await eventually(() => page.get('[data-testid=log-hits]'))
    look()
    for (const menu of ['log-levels', 'log-time', 'log-download-menu', 'log-more']) {
      await page.get(`[data-testid=${menu}] button`).trigger('click')
      look()
    }
    const keys = test.commands
      .all()
      .filter(({ scope, palette }) => scope === 'logs' && palette !== false)
      .map((command) => command.keys!)
    const hidden = keys.filter((all) => !all.some((key) => shown.has(key)))
    expect(keys.length).toBeGreaterThan(25)
    expect(hidden).toEqual([])
  })
})
