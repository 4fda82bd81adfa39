import { expect, it } from 'vitest'
import { recordingContext, treeOf } from '../testing/tree-of'
import { sysfsReader } from './reader'

const read = (files: Readonly<Record<string, string>>) =>
  sysfsReader.read(treeOf(files), recordingContext()).p2pProviders

it('lists the devices that offer memory, not the others', () => {
  const nvme = 'sys/devices/pci0000:00/0000:00:01.0/0000:01:00.0'
  expect(
    read({
      'sys/bus/pci/devices/0000:01:00.0': `-> ${nvme}`,
      'sys/bus/pci/devices/0000:00:01.0': '-> sys/devices/pci0000:00/0000:00:01.0',
      [`${nvme}/p2pmem/size`]: '16777216',
      [`${nvme}/p2pmem/available`]: '16773120',
      [`${nvme}/p2pmem/published`]: '1',
      [`${nvme}/numa_node`]: '1',
    }),
  ).toMatchObject([
    {
      id: 'p2p:0000:01:00.0',
      pciAddress: '0000:01:00.0',
      sizeBytes: 16777216,
      availableBytes: 16773120,
      isPublished: true,
      numaNode: 1,
    },
  ])
})

it('tells none from not known', () => {
  expect(read({ 'sys/bus/pci/devices/0000:00:01.0': '-> x', 'x/class': '0' })).toEqual([])
  expect(read({ 'sys/bus/dax/uevent': '' })).toBeUndefined()
})
