import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HostFailure, type LoadedDocument, type OpenTarget } from '../../shared/host'
import { HOST } from '../hosts/host-key'
import { MemoryHost, type MemoryHostOptions } from '../hosts/memory-host'
import { sampleDocument } from '../testing/sample-topology'
import App from './App.vue'

const DEMOS = [{ name: 'sample', title: 'A sample', description: 'Small.' }]
const SCENE = { template: '<div data-testid="fake-scene"></div>' }

let mounted: VueWrapper | undefined

/** Without a document to begin with; demos load the sample. */
const demoLoad: MemoryHostOptions['load'] = (target) =>
  Promise.resolve(target.kind === 'initial' ? undefined : sampleDocument())

async function start(options: Partial<MemoryHostOptions> = {}) {
  const host = new MemoryHost({ load: demoLoad, demos: DEMOS, ...options })
  const wrapper = mount(App, {
    attachTo: document.body,
    global: {
      plugins: [createPinia()],
      provide: { [HOST as symbol]: host },
      stubs: { SceneView: SCENE },
    },
  })
  mounted = wrapper
  await flushPromises()
  return { host, wrapper, by: (id: string) => wrapper.get(`[data-testid="${id}"]`) }
}

const press = async (key: string, changes: KeyboardEventInit = {}) => {
  window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...changes }))
  await flushPromises()
}

beforeEach(() => {
  Element.prototype.scrollIntoView = vi.fn()
})
afterEach(() => {
  mounted?.unmount()
  mounted = undefined
})

describe('the window', () => {
  it('starts empty, teaches, and opens a demo', async () => {
    const { by, wrapper } = await start()
    expect(by('empty').text()).toContain('Take a snapshot')
    await by('open-demo-sample').trigger('click')
    await flushPromises()
    expect(wrapper.find('[data-testid="empty"]').exists()).toBe(false)
    expect(by('tree').text()).toContain('namespace0.3')
    expect(by('legend').text()).toContain('struct pages')
    expect(by('status').text()).toContain('Opened sample.folioscope')
  })

  it('opens text that is pasted, but not into a text field', async () => {
    const pasted: OpenTarget[] = []
    const { wrapper } = await start({
      load: (target) => {
        if (target.kind !== 'initial') pasted.push(target)
        return Promise.resolve(sampleDocument())
      },
    })
    const paste = async (target: EventTarget) => {
      const event = new Event('paste', { bubbles: true, cancelable: true })
      const clipboardData = { files: [], getData: () => '{"dev":"namespace0.0"}' }
      target.dispatchEvent(Object.assign(event, { clipboardData }))
      await flushPromises()
    }
    await paste(wrapper.get('input').element)
    expect(pasted).toEqual([])
    await paste(document.body)
    const [target] = pasted
    expect(target?.kind === 'file' ? target.file.name : undefined).toBe('pasted text')
  })

  it('shows what struct pages cost in a ledger that shares the selection', async () => {
    const { wrapper, by } = await start({ load: () => Promise.resolve(sampleDocument()) })
    expect(wrapper.find('[data-testid="ledger"]').exists()).toBe(false)
    await press('3')
    const ledger = by('ledger')
    expect(ledger.text()).toContain('node0')
    const row = ledger.findAll('tbody tr').find((line) => line.text().includes('namespace0.3'))
    await row?.trigger('click')
    expect(by('inspector').text()).toContain('namespace0.3')
    expect(row?.attributes('aria-selected')).toBe('true')
    await row?.trigger('keydown', { key: 'ArrowRight' })
    expect(ledger.text()).toContain('vmemmap pages')
    await by('ledger-by-mechanism').trigger('click')
    expect(ledger.text()).toContain('dax-dedup')
    await press('3')
    expect(wrapper.find('[data-testid="ledger"]').exists()).toBe(false)
  })

  it('plans a layout without a document, and says what the kernel refuses', async () => {
    await start()
    await press('p')
    const planner = document.querySelector('[data-testid="planner"]')
    expect(planner?.querySelector('[data-figure="residentBytes"]')?.textContent).toContain('4 GiB')
    const field = planner?.querySelector<HTMLInputElement>('#plan-align')
    if (!field) throw new Error('there is no field for the alignment')
    field.value = '3M'
    field.dispatchEvent(new Event('input'))
    await flushPromises()
    expect(document.querySelector('[data-testid="plan-problem"]')?.textContent).toContain(
      'align-not-supported',
    )
    document.querySelector<HTMLElement>('[data-testid="plan-hugepages"]')?.click()
    await flushPromises()
    expect(document.querySelector('[data-figure="freedBytes"]')?.textContent).toContain('14 MiB')
    await press('Escape')
  })

  it('changes a copy of the machine, compares it in the ledger, and undoes it', async () => {
    const { by, wrapper } = await start({ load: () => Promise.resolve(sampleDocument()) })
    const ledgerText = () => by('ledger').text()
    await press('3')
    const before = ledgerText()
    await press('4')
    await by('tree')
      .findAll('[role="treeitem"]')
      .find((line) => line.attributes('data-object-id') === 'namespace0.3')
      ?.trigger('click')
    await by('edit-namespace-map').setValue('dev')
    await by('apply-namespace').trigger('submit')
    await flushPromises()
    expect(by('what-if').text()).toContain('namespace0.3 becomes devdax, map=dev')
    expect(by('what-if').text()).toContain('ndctl create-namespace --force --reconfig=namespace0.3')
    expect(ledgerText()).toContain('change')
    await by('show-baseline').trigger('click')
    await flushPromises()
    expect(ledgerText()).toBe(before)
    await press('z', { ctrlKey: true })
    expect(by('what-if').text()).not.toContain('becomes devdax')
    await press('z', { ctrlKey: true, shiftKey: true })
    expect(by('what-if').text()).toContain('becomes devdax')
    await by('edit-namespace-align').setValue('1 GiB')
    await by('apply-namespace').trigger('submit')
    await flushPromises()
    expect(wrapper.find('[data-testid="refused"]').exists()).toBe(true)
  })

  it('shares one selection between tree and inspector; Escape clears it', async () => {
    const { by, wrapper } = await start({ load: () => Promise.resolve(sampleDocument()) })
    await wrapper.get('[data-object-id="namespace0.3"]').trigger('click')
    expect(by('inspector').text()).toContain('1024 vmemmap pages')
    expect(wrapper.get('[data-object-id="namespace0.3"]').attributes('aria-selected')).toBe('true')
    await press('Escape')
    expect(wrapper.find('[aria-selected="true"]').exists()).toBe(false)
  })

  it('has one line of the tree in the tab order, and arrows move it', async () => {
    const { by, wrapper } = await start({ load: () => Promise.resolve(sampleDocument()) })
    await by('tree').trigger('keydown', { key: 'ArrowDown' })
    const focusable = wrapper.findAll('[role="treeitem"][tabindex="0"]')
    expect(focusable.map((line) => line.attributes('data-object-id'))).toEqual(['node0'])
    await by('tree').trigger('keydown', { key: 'Enter' })
    expect(by('inspector').text()).toContain('node0')
  })

  it('shows an error with the next steps, and keeps what was open', async () => {
    let loads = 0
    const message = 'x.pdf: it is a PDF document; open a snapshot'
    const { by, wrapper, host } = await start({
      load: () =>
        loads++ === 0
          ? Promise.resolve(sampleDocument())
          : Promise.reject(new HostFailure({ kind: 'input', message })),
    })
    host.requestOpen({ kind: 'token', token: 'x' })
    await flushPromises()
    expect(by('error').attributes('role')).toBe('alert')
    expect(by('error').text()).toContain(message)
    expect(by('tree').text()).toContain('namespace0.3')
    await by('dismiss').trigger('click')
    expect(wrapper.find('[data-testid="error"]').exists()).toBe(false)
  })

  it('cancels a load', async () => {
    const { by, wrapper } = await start({
      load: (target) =>
        target.kind === 'initial'
          ? Promise.resolve(undefined)
          : new Promise<LoadedDocument>(() => {}),
    })
    await by('open-demo-sample').trigger('click')
    await by('cancel').trigger('click')
    await flushPromises()
    expect(wrapper.find('[data-testid="empty"]').exists()).toBe(true)
  })

  it('saves the diagram through the host, by key and from the desktop menu', async () => {
    const { host } = await start({ load: () => Promise.resolve(sampleDocument()) })
    await press('E', { ctrlKey: true, shiftKey: true })
    host.requestCommand('document.exportSvgDark')
    await flushPromises()
    expect(host.saved.map((file) => file.name)).toEqual(['sample.svg', 'sample.svg'])
    expect(host.saved[0]?.bytes).not.toEqual(host.saved[1]?.bytes)
  })

  it('leaves single letters to text fields', async () => {
    const { by, wrapper } = await start({ load: () => Promise.resolve(sampleDocument()) })
    await by('search').trigger('keydown', { key: 'b' })
    expect(wrapper.find('[data-testid="tree"]').exists()).toBe(true)
    await press('b')
    expect(wrapper.find('[data-testid="tree"]').exists()).toBe(false)
  })

  it('finds objects and steps through them', async () => {
    const { by, wrapper } = await start({ load: () => Promise.resolve(sampleDocument()) })
    const selected = () => wrapper.find('[aria-selected="true"]').attributes('data-object-id')
    await by('search').setValue('0.')
    expect(selected()).toBe('namespace0.3')
    await by('search').trigger('keydown', { key: 'Enter' })
    expect(selected()).toBe('dax0.3')
    await by('search').trigger('keydown', { key: 'Enter', shiftKey: true })
    expect(selected()).toBe('namespace0.3')
  })

  it('shows text of a snapshot as text', async () => {
    const hostname = '<img src=x onerror=alert(1)>'
    const loaded = sampleDocument()
    const topology = { ...loaded.topology, machine: { ...loaded.topology.machine, hostname } }
    const { wrapper, by } = await start({ load: () => Promise.resolve({ ...loaded, topology }) })
    expect(by('tree').text()).toContain(hostname)
    expect(wrapper.find('img').exists()).toBe(false)
  })
})
