import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { DisplayList } from '../../shared/layout/display-list'
import SceneView from './SceneView.vue'

const list: DisplayList = {
  title: '<b>hostile</b>',
  subtitle: '',
  headline: { caption: 'struct pages', value: '16 MiB', detail: '' },
  plan: { squareBytes: 1024, scaleBar: { bytes: 1024, parts: 4 }, hasEnlarged: false, rows: [] },
  storeys: [],
  shapes: [],
  labels: [],
  legend: [],
  bounds: { min: { x: 0, y: 0, z: 0 }, max: { x: 1, y: 1, z: 1 } },
}

afterEach(() => vi.restoreAllMocks())

// happy-dom has no WebGL: what is mounted here is what a browser without it shows.
describe('SceneView without WebGL 2', () => {
  it('shows the SVG of the same list as an image, says why, and lets go of it', async () => {
    const blobs: Blob[] = []
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      blobs.push(blob as Blob)
      return `blob:${blobs.length}`
    })
    const released = vi.spyOn(URL, 'revokeObjectURL').mockImplementation(() => {})
    const view = mount(SceneView, { props: { list, theme: 'light', reducedMotion: true } })
    await view.vm.$nextTick()

    expect(view.get('[role=status]').text()).toContain('WebGL 2')
    expect(view.get('img').attributes('src')).toBe('blob:1')
    expect(await blobs[0]?.text()).toContain('<svg')
    expect(view.element.querySelector('b')).toBe(null)

    await view.setProps({ theme: 'dark' })
    expect(view.get('img').attributes('src')).toBe('blob:2')
    expect(released).toHaveBeenCalledWith('blob:1')

    view.unmount()
    expect(released).toHaveBeenCalledWith('blob:2')
  })

  it('is one stop for the keyboard that says what it is', () => {
    const view = mount(SceneView, { props: { list, theme: 'light', reducedMotion: true } })
    const scene = view.get('[role=application]')
    expect(scene.attributes('tabindex')).toBe('0')
    expect(scene.attributes('aria-label')).toContain('Drawing of the memory')
    expect(() => view.vm.fit()).not.toThrow()
  })
})
