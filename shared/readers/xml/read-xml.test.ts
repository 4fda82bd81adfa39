import { describe, expect, it } from 'vitest'
import { readXml, XmlMistake, type XmlOptions } from './read-xml'

const encoder = new TextEncoder()

/** What the handler heard, the document given in pieces of `pieceBytes`. */
function heard(document: string, options: XmlOptions & { pieceBytes?: number } = {}): string[] {
  const events: string[] = []
  const bytes = encoder.encode(document)
  const { pieceBytes = bytes.length } = options
  function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
  }
  readXml(
    pieces(),
    {
      open: ({ name, attributes, line }) =>
        void events.push(`${line}<${name} ${JSON.stringify(attributes)}`),
      close: (name) => void events.push(`/${name}`),
      text: (text) => void (text.trim() !== '' && events.push(text)),
    },
    options,
  )
  return events
}

function mistakeIn(document: string, options: XmlOptions & { pieceBytes?: number } = {}): string {
  try {
    heard(document, options)
  } catch (error) {
    if (error instanceof XmlMistake) return error.message
    throw error
  }
  throw new Error('it was accepted')
}

const commas = ','.repeat(400)
const set = `0x00000001${commas}0xff`

describe('readXml', () => {
  it('tells elements, attributes, text and lines, whatever the pieces', () => {
    const document = `<?xml version="1.0"?>\n<a é="&lt;ü">\n  <b c="${set}" d="${set}1"/>x &amp; y</a>\n`
    const whole = heard(document)
    expect(whole).toEqual([
      '2<a {"é":"<ü"}',
      `3<b {"c":"${set}","d":"${set}1"}`,
      '/b',
      'x & y',
      '/a',
    ])
    for (const pieceBytes of [1, 7, 100, 500, 900]) {
      expect(heard(document, { pieceBytes })).toEqual(whole)
    }
  })

  it('leaves alone what looks like a stand-in of its own', () => {
    expect(heard(`<a b="¶0" c="${set}"/>`)).toEqual([`1<a {"b":"¶0","c":"${set}"}`, '/a'])
  })

  it('names line and column of a mistake, also behind long values', () => {
    expect(mistakeIn('<a>\n  <b></c></a>')).toMatch(/^2:9: /)
    expect(mistakeIn(`<a>\n  <b c="${set}" d=/>`)).toBe(
      `2:${`  <b c="${set}" d=/`.length}: unquoted attribute value`,
    )
    expect(mistakeIn(`<a>\n  <b c="${set}" d=/>`, { pieceBytes: 430 })).toMatch(
      new RegExp(`^2:${`  <b c="${set}" d=/`.length}: `),
    )
  })

  it('refuses what breaks off', () => {
    expect(mistakeIn('<a>\n<b>\n')).toBe('3:1: it breaks off: <b> is not closed')
    expect(mistakeIn('<a><b c="1')).toMatch(/^1:10: it breaks off/)
    expect(mistakeIn('')).toMatch(/there is no element in it/)
  })

  it('refuses declarations of entities and unknown ones', () => {
    const bomb = '<!DOCTYPE a [<!ENTITY x "xxxx">]>\n<a>&x;</a>'
    expect(mistakeIn(bomb)).toMatch(/^1:33: a document type declaration is not allowed/)
    expect(mistakeIn('<a>&x;</a>')).toMatch(/^1:6: this entity is not known/)
    const doctype = /^a SYSTEM "a.dtd"$/
    expect(heard('<!DOCTYPE a SYSTEM "a.dtd"><a/>', { doctype })).toEqual(['1<a {}', '/a'])
    expect(mistakeIn(bomb, { doctype })).toMatch(/not allowed/)
  })

  it('counts leaves without telling of them, and still knows where a mistake is', () => {
    let leaves = 0
    const counted = { leaf: { start: '<p ', count: (tags: number) => void (leaves += tags) } }
    const document = `<a>\n<p n="1"/><p n="2" m="${set}"/><p n="3"></p>\n<p n="4"/></a>`
    expect(heard(document, counted)).toEqual(['1<a {}', '2<p {"n":"3"}', '/p', '/a'])
    expect(leaves).toBe(3)
    const broken = `<a>\n<p n="1"/><b c="${set}"/><p n="2" m="${set}"/></c></a>`
    for (const pieceBytes of [undefined, 600]) {
      const column = broken.indexOf('</c>') + 4 - broken.indexOf('\n') - 1
      expect(mistakeIn(broken, { ...counted, ...(pieceBytes && { pieceBytes }) })).toMatch(
        new RegExp(`^2:${column}: `),
      )
    }
    leaves = 0
    expect(heard('<a><!-- <p n="1"/> --><p n="2"/></a>', counted)).toHaveLength(4)
    expect(heard('<a><p n="&lt;"/><p n="é"/></a>', counted)).toHaveLength(6)
    expect(leaves).toBe(0)
  })

  it('has limits for depth, attributes and what cannot end', () => {
    expect(mistakeIn('<a>'.repeat(300))).toBe('1:771: elements are nested deeper than 256')
    const many = Array.from({ length: 200 }, (_, index) => `a${index}="1"`).join(' ')
    expect(mistakeIn(`<a ${many}/>`)).toMatch(/more than 128 attributes/)
    expect(mistakeIn(`<a b="${'z'.repeat(6_000_000)}`, { pieceBytes: 1 << 20 })).toMatch(
      /more than 4194304 characters/,
    )
  })

  it('refuses doubled attributes, second roots and control characters', () => {
    expect(mistakeIn('<a b="1" b="2"/>')).toMatch(/duplicate attribute: b/)
    expect(mistakeIn('<a/>\n<b/>')).toMatch(/^2:\d+: there is a second element/)
    expect(mistakeIn('<a>\u0001</a>')).toMatch(/disallowed character/)
  })
})
