/** Whether this browser draws with WebGL2; asks a canvas of its own, so that the scene's stays unused. */
export function hasWebGl2(): boolean {
  const context = document.createElement('canvas').getContext('webgl2')
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  return context !== null
}

/** Calls back when a canvas loses its graphics context and when it has it back. Returns how to stop. */
export function watchContext(
  canvas: HTMLCanvasElement,
  callbacks: { readonly lost: () => void; readonly restored: () => void },
): () => void {
  const stop = new AbortController()
  const { signal } = stop
  canvas.addEventListener(
    'webglcontextlost',
    (event) => {
      // Without this the browser never restores it (WebGL 1.0 specification, 5.15.2).
      event.preventDefault()
      callbacks.lost()
    },
    { signal },
  )
  canvas.addEventListener('webglcontextrestored', callbacks.restored, { signal })
  return () => stop.abort()
}

/** Calls back when the window moves to a screen with another number of device pixels, or the page is zoomed. Returns how to stop. */
export function watchPixelRatio(changed: () => void): () => void {
  let stop = new AbortController()
  const listen = () => {
    stop = new AbortController()
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      'change',
      () => {
        changed()
        listen()
      },
      { signal: stop.signal, once: true },
    )
  }
  listen()
  return () => stop.abort()
}
