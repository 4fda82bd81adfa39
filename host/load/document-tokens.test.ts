import { expect, it } from 'vitest'
import { DocumentTokens } from './document-tokens'

it('hands out one opaque token for each input', () => {
  const tokens = new DocumentTokens()
  const path = '/home/user/secret-name.tar'
  const token = tokens.grantInput(path)
  expect(token).not.toContain('secret')
  expect(tokens.grantInput(path)).toBe(token)
  expect(tokens.grantInput('/home/user/other.tar')).not.toBe(token)
  expect(tokens.find(token)).toEqual({ kind: 'path', path })
})

it('knows no other token, and no path', () => {
  const tokens = new DocumentTokens()
  tokens.grantInput('/etc/passwd')
  for (const token of ['/etc/passwd', '', 'toString', '__proto__']) {
    expect(tokens.find(token)).toBeUndefined()
  }
})

it('forgets the oldest bytes, never the newest', () => {
  const tokens = new DocumentTokens()
  // A view that claims its size without using memory for it.
  const bytes = Object.defineProperty(new Uint8Array(0), 'byteLength', { value: 700 * 1024 ** 2 })
  const granted = [
    tokens.grantBytes('a', bytes),
    tokens.grantBytes('b', bytes),
    tokens.grantInput('/c'),
    tokens.grantBytes('d', bytes),
  ]
  expect(granted.map((token) => tokens.find(token)?.kind)).toEqual([
    undefined,
    undefined,
    'path',
    'bytes',
  ])
})
