/** The packed bytes end early, or are not what they claim to be. */
export class BrokenArchive extends Error {
  constructor(readonly reason: 'truncated' | 'damaged') {
    super(reason)
    this.name = 'BrokenArchive'
  }
}

/** Hears how far unpacking is. May throw to stop it: a limit is reached, or the load is cancelled. */
export type WatchUnpacking = (packedBytes: number, unpackedBytes: number) => void
