import { describe, expect, it } from 'vitest'
import { plainFileName, saveFilters } from './dialogs'

describe('plainFileName', () => {
  it.each([
    ['twosocket.svg', 'twosocket.svg'],
    ['Zwei Sockel.svg', 'Zwei Sockel.svg'],
    ['../../etc/cron.d/x', 'etc-cron.d-x'],
    ['/etc/passwd', 'etc-passwd'],
    ['C:\\windows\\win.ini', 'C-windows-win.ini'],
    ['.bashrc', 'bashrc'],
    ['a\u0000b\u202egvs.exe', 'a-b-gvs.exe'],
    ['..', 'folioscope'],
    ['', 'folioscope'],
  ])('%j: %s', (suggested, name) => {
    expect(plainFileName(suggested)).toBe(name)
  })

  it('is not endless', () => {
    expect(plainFileName('x'.repeat(1000))).toHaveLength(200)
  })
})

it('offers the suffix of the name first', () => {
  expect(saveFilters('a.svg').map(({ extensions }) => extensions)).toEqual([['svg'], ['*']])
  expect(saveFilters('a').map(({ extensions }) => extensions)).toEqual([['*']])
})
