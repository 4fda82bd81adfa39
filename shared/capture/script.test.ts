import { expect, it } from 'vitest'
import { CAPTURE_PLACES } from './places'
import { captureScript } from './script'
import { CAPTURE_TOOLS } from './tools'

const script = captureScript('1.2.3')

it('is short enough to be read before it is run', () => {
  const lines = script.trimEnd().split('\n')
  expect(lines.length).toBeLessThanOrEqual(200)
  expect(lines[0]).toBe('#!/bin/sh')
  expect(script).toMatch(/^[\n -~]+$/)
})

it('has every part in its place', () => {
  expect(script).not.toMatch(/@[A-Z]+@/)
  expect(script).toContain('"capturedBy": "folioscope 1.2.3 capture"')
  expect(script.match(/^ {2}(.*\|\| )?take copy_/gm)).toHaveLength(CAPTURE_PLACES.length)
  expect(script.match(/^ {2}run /gm)).toHaveLength(CAPTURE_TOOLS.length)
})

const NAME = /^[\w*?[\]-]+$/

it('takes only listed names from /sys, /proc and saved outputs', () => {
  for (const { at, take, when } of CAPTURE_PLACES) {
    for (const place of at.split(' ')) {
      const start =
        when === 'tree'
          ? /^(cmd$|sos_commands\/|sys\/(devices|firmware)\/)/
          : /^(proc$|proc\/(sys|driver)\/|sys\/(bus|class|devices|firmware|kernel|module)\/)/
      expect(place).toMatch(start)
      expect(place).toMatch(/^[\w*?[\]/.:-]+$/)
    }
    for (const name of take.split(' ')) expect(name).toMatch(NAME)
  }
})

/** Reading these acts, waits, or asks the device; some of them can only be written. */
const DANGEROUS =
  /^(wait_probe|stat_refresh|probe|create|delete|create_\w+_region|delete_region|trigger_poison_list|rom|config|resource\d+\w*|scrub|bind|unbind|new_id|remove|rescan|reset|soft_offline_page|hard_offline_page|compact|loading|data|vpd|deep_flush|activate)$/

it('reads nothing that acts', () => {
  const names = CAPTURE_PLACES.flatMap(({ take }) => take.split(' '))
  expect(names.filter((name) => DANGEROUS.test(name))).toEqual([])
  expect(script).not.toContain('sys/kernel/debug')
})

it('names each output of a tool once', () => {
  const files = CAPTURE_TOOLS.map(({ file }) => file)
  expect(new Set(files).size).toBe(files.length)
  for (const { file, needs } of CAPTURE_TOOLS) {
    expect(file).toMatch(/^[\w-]+\.(json|txt)$/)
    expect(needs).toMatch(/^[\w/-]+$/)
  }
})
