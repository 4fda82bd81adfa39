import { describe, expect, it } from 'vitest'
import { jsonBlocks } from './json-blocks'

const values = (text: string) =>
  jsonBlocks(text).map((block) => ('value' in block ? block.value : block.mistake))

describe('jsonBlocks', () => {
  it('keeps whole numbers of 64 bits exactly', () => {
    expect(
      values('{"iset_id":-3588039491022807294,"serial":18446744073709551615,"size":4096}'),
    ).toEqual([{ iset_id: -3588039491022807294n, serial: 18446744073709551615n, size: 4096 }])
  })

  it('finds the documents between warnings, with escapes and brackets in strings', () => {
    const text =
      'libcxl: warning [mem0] no such\n[\n  {"path":"\\/platform\\/}","a":1.5}\n]\nAborted\n{"b":null}\n'
    expect(values(text)).toEqual([[{ path: '/platform/}', a: 1.5 }], { b: null }])
    expect(jsonBlocks(text).map(({ line }) => line)).toEqual([2, 6])
  })

  it.each([
    ['[\n  {"a":1,\n  }\n]', { line: 3, column: 3 }],
    ['[{"a":1]', { line: 1, column: 8 }],
    ['{"a":1,\n"b', { line: 2, column: 1 }],
    ['{"a":1,\n"b":2', { line: 2, column: 5 }],
    ['[\n// no\n1]', { line: 2, column: 1 }],
  ])('says where %j is wrong', (text, place) => {
    expect(jsonBlocks(text)[0]).toMatchObject(place)
    expect(jsonBlocks(text)[0]).toHaveProperty('mistake')
  })

  it('refuses nesting that no tool writes, without recursion', () => {
    expect(jsonBlocks('['.repeat(100_000))[0]).toMatchObject({ mistake: 'deeper than 64 levels' })
  })

  it('keeps a key __proto__ a key', () => {
    expect(Object.keys(Object(values('{"__proto__":{"x":1}}')[0]))).toEqual(['__proto__'])
  })

  it('does not take text with brackets for JSON', () => {
    expect(jsonBlocks('[ 0.000000] Linux version 6.1\nnode 0 size: 3 MB\n')).toEqual([])
  })
})
