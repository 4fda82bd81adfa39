/** Moves the focus to the next part of the window that is marked with `data-pane`, around the end. */
export function focusNextPane(root: ParentNode, active: Element | null): void {
  const panes = [...root.querySelectorAll<HTMLElement>('[data-pane]')]
  const current = panes.findIndex((pane) => active !== null && pane.contains(active))
  const next = panes[(current + 1) % panes.length]
  next
    ?.querySelector<HTMLElement>(
      '[tabindex="0"]:not([role="separator"]), button:not(:disabled), input',
    )
    ?.focus()
}
