import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { writeElectronStub } from './electron-stub.mjs'
import { checkFuses, verifyPackage } from './verify-package.mjs'

const folder = mkdtempSync(join(tmpdir(), 'folioscope-package-'))

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('checkFuses', () => {
  it('reads the fuses back', () => {
    writeElectronStub(folder)
    const program = readFileSync(join(folder, 'electron'))
    expect(checkFuses(program, { runAsNode: true, onlyLoadAppFromAsar: false })).toEqual([])
    expect(
      checkFuses(program, { runAsNode: false, grantFileProtocolExtraPrivileges: false }),
    ).toEqual([
      "fuse runAsNode is '1', not false",
      "fuse grantFileProtocolExtraPrivileges is '1', not false",
    ])
    expect(checkFuses(Buffer.from('no fuses'), { runAsNode: false })).toEqual([
      'there are no fuses',
    ])
  })
})

describe('verifyPackage', () => {
  it('does not pass a folder without an application', () => {
    writeElectronStub(folder)
    expect(verifyPackage(folder).problems).toEqual([`${folder}: no application`])
  })
})
