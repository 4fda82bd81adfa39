/** One end of a connection that carries structured clones, as `process.send` with advanced serialization does. */
export interface Wire {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}

type PeerMessage =
  | {
      readonly type: 'call'
      readonly id: number
      readonly name: string
      readonly values: unknown[]
    }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | { readonly type: 'error'; readonly id: number; readonly message: string }

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
}

/** What one side offers to the other: functions by name. */
export type Offers = Readonly<Record<string, (...values: never[]) => unknown>>

export type Remote<Functions extends Offers> = {
  readonly [Name in keyof Functions]: (
    ...values: Parameters<Functions[Name]>
  ) => Promise<Awaited<ReturnType<Functions[Name]>>>
}

/** Connects the process of the fake Electron with the test: each side calls the other's functions. */
export function connect<Theirs extends Offers>(wire: Wire, ours: Offers): Remote<Theirs> {
  const waiting = new Map<number, Waiting>()
  let lastId = 0

  async function answer(id: number, name: string, values: unknown[]): Promise<void> {
    try {
      const run = ours[name]
      if (run === undefined) throw new Error(`${name} is not offered`)
      wire.send({ type: 'result', id, value: await run(...(values as never[])) })
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      wire.send({ type: 'error', id, message })
    }
  }

  wire.onMessage((received) => {
    const message = received as PeerMessage
    if (message.type === 'call') {
      void answer(message.id, message.name, message.values)
      return
    }
    const waiter = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.type === 'result') waiter?.resolve(message.value)
    else waiter?.reject(new Error(message.message))
  })

  const call = (name: string, values: unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      lastId += 1
      waiting.set(lastId, { resolve, reject })
      wire.send({ type: 'call', id: lastId, name, values })
    })

  return new Proxy({} as Remote<Theirs>, {
    get:
      (_target, name) =>
      (...values: unknown[]) =>
        call(String(name), values),
  })
}
