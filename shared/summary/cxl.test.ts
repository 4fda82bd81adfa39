import { expect, it } from 'vitest'
import { emptyTopology } from '../model/empty-topology'
import { summariseCxl } from './cxl'
import { cxlLines } from './device-text'

const memdev = { id: 'mem0', ramBytes: 1024, sources: {} }

it('counts windows and decoders only where some reader could look for them', () => {
  const listed = emptyTopology({ surveyed: ['cxlMemdevs'], cxlMemdevs: [memdev] })
  expect(summariseCxl(emptyTopology())).toBeUndefined()
  expect(summariseCxl(listed)).toEqual({
    memdevs: [{ id: 'mem0', ramBytes: 1024 }],
    regions: [],
  })
  expect(cxlLines(summariseCxl(listed))[0]).toBe('CXL')
  expect(
    summariseCxl({ ...listed, surveyed: ['cxlMemdevs', 'cxlWindows', 'cxlDecoders'] }),
  ).toMatchObject({ windows: 0, decoders: 0 })
})
