/** What has a click of its own in a row. */
const CONTROLS = 'a, button, input, label, select, textarea'

/** Whether a click means the row itself: not a control in it, and not the end of a text selection. */
export function isRowClick(event: MouseEvent): boolean {
  return event.target instanceof Element && event.target.closest(CONTROLS) === null && !selectsText()
}

/** Whether text of the page is selected. */
export function selectsText(): boolean {
  return !(document.getSelection()?.isCollapsed ?? true)
}
