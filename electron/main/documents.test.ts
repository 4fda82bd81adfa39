import { expect, it } from 'vitest'
import { DocumentTokens } from './documents'

it('hands out one opaque token for each input', () => {
  const tokens = new DocumentTokens()
  const token = tokens.grantInput('/home/user/secret-name.tar')
  expect(token).not.toContain('secret')
  expect(tokens.grantInput('/home/user/secret-name.tar')).toBe(token)
  expect(tokens.grantInput('/home/user/other.tar')).not.toBe(token)
  expect(tokens.find(token)).toEqual({
    kind: 'input',
    input: '/home/user/secret-name.tar',
    name: 'secret-name.tar',
  })
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
  const first = tokens.grantBytes('a', bytes)
  const second = tokens.grantBytes('b', bytes)
  const input = tokens.grantInput('/c')
  const third = tokens.grantBytes('d', bytes)
  expect([first, second, third, input].map((token) => tokens.find(token)?.name)).toEqual([
    undefined,
    undefined,
    'd',
    'c',
  ])
})
