// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { COMMANDS, demoCommands, findCommand } from './commands'
import { chordCaps, isTypedChord, matchesChord, type KeyPress } from './keys'

const press = (key: string, changes: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...changes,
})

describe('commands', () => {
  it('have unique ids and keys', () => {
    const ids = COMMANDS.map((command) => command.id)
    const keys = COMMANDS.flatMap((command) => command.keys)
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('that change a document need one', () => {
    const empty = {
      hasDocument: false,
      isLoading: false,
      hasSelection: false,
      canChooseFile: true,
      canChooseDirectory: false,
      canUndo: false,
      canRedo: false,
      hasPlan: false,
    }
    const enabled = COMMANDS.filter((command) => command.when(empty)).map(({ id }) => id)
    expect(enabled).toContain('document.open')
    expect(enabled).not.toContain('document.openDirectory')
    expect(enabled.some((id) => id.startsWith('view.') || id.startsWith('selection.'))).toBe(false)
  })

  it('include one for each demo', () => {
    const demos = demoCommands([{ name: 'laptop', title: 'A laptop', description: '' }])
    expect(findCommand(demos, 'document.openDemo.laptop')?.title).toBe('Open demo: A laptop')
  })
})

describe('keys', () => {
  it.each([
    ['Ctrl+Shift+P', press('P', { ctrlKey: true, shiftKey: true }), true],
    ['Ctrl+Shift+P', press('P', { metaKey: true, shiftKey: true }), true],
    ['Ctrl+Shift+P', press('p', { ctrlKey: true }), false],
    ['Q', press('q'), true],
    ['Q', press('Q', { shiftKey: true }), false],
    ['Q', press('q', { ctrlKey: true }), false],
    ['?', press('?', { shiftKey: true }), true],
    ['+', press('+'), true],
    ['Ctrl++', press('+', { ctrlKey: true }), true],
    ['F5', press('F5'), true],
  ])('%s is matched as pressed', (chord, event, expected) => {
    expect(matchesChord(event, chord)).toBe(expected)
  })

  it('that type a character leave text fields alone', () => {
    expect(['Q', '?', '+', 'F5', 'Ctrl+F', 'Escape'].map(isTypedChord)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ])
  })

  it('are shown as caps', () => {
    expect(chordCaps('Ctrl+Shift+P')).toEqual(['Ctrl', 'Shift', 'P'])
    expect(chordCaps('+')).toEqual(['+'])
  })
})
