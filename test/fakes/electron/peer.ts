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

/** The functions of one side as the other side calls them. */
export type Remote<Functions> = {
  readonly [Name in keyof Functions]: Functions[Name] extends (
    ...values: infer Values
  ) => infer Value
    ? (...values: Values) => Promise<Awaited<Value>>
    : never
}

/** Connects the process of the fake Electron with the test: each side calls the other's functions. */
export function connect<Theirs>(wire: Wire, ours: object): Remote<Theirs> {
  const offers = ours as Readonly<Record<string, (...values: unknown[]) => unknown>>
  const waiting = new Map<number, Waiting>()
  let lastId = 0

  async function answer(id: number, name: string, values: unknown[]): Promise<void> {
    try {
      const run = offers[name]
      if (run === undefined) throw new Error(`${name} is not offered`)
      wire.send({ type: 'result', id, value: await run(...values) })
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
