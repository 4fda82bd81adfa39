import { describe, expect, it } from 'vitest'
import { readLaunch } from './launch'

const read = (line: string, isDefaultApp = false) =>
  readLaunch(line.split(' '), { isDefaultApp, cwd: '/home/user' }).inputs

describe('readLaunch', () => {
  it.each([
    ['folioscope', []],
    ['folioscope a.folioscope', ['/home/user/a.folioscope']],
    ['folioscope /data/a.tar', ['/data/a.tar']],
    ['folioscope --no-sandbox a --ozone-platform=x11', ['/home/user/a']],
    ['folioscope -psn_0_12345', []],
    ['folioscope live demo:laptop', ['live', 'demo:laptop']],
    ['folioscope ./live', ['/home/user/live']],
    ['folioscope a -- -b live', ['/home/user/a', '/home/user/-b', '/home/user/live']],
  ])('%s', (line, inputs) => {
    expect(read(line)).toEqual(inputs)
  })

  it('leaves out the program itself when Electron is given it', () => {
    expect(read('electron --inspect=0 out/main/index.js a', true)).toEqual(['/home/user/a'])
    expect(read('electron .', true)).toEqual([])
  })
})
