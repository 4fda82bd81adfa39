import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import type { CommandContext } from '../app/command-context'
import { COMMANDS, demoCommands, findCommand, type Command } from '../app/commands'
import type { DemoInfo } from '../../shared/host'

/** The commands with the window that they act on. */
export interface CommandCenter {
  readonly commands: ComputedRef<readonly Command[]>
  find(id: string): Command | undefined
  isEnabled(id: string): boolean
  /** Runs a command when it makes sense now; does nothing otherwise. */
  run(id: string): void
}

const CENTER: InjectionKey<CommandCenter> = Symbol('commands')

export interface CommandSources {
  readonly context: CommandContext
  readonly demos: () => readonly DemoInfo[]
  /** Told what a command that failed has thrown. */
  readonly onFailure: (command: Command, error: unknown) => void
}

export function provideCommands({ context, demos, onFailure }: CommandSources): CommandCenter {
  const commands = computed(() => [...COMMANDS, ...demoCommands(demos())])
  const find = (id: string) => findCommand(commands.value, id)
  const center: CommandCenter = {
    commands,
    find,
    isEnabled: (id) => find(id)?.when(context.state) === true,
    run(id) {
      const command = find(id)
      if (command?.when(context.state) !== true) return
      Promise.resolve(command.run(context)).catch((error: unknown) => onFailure(command, error))
    },
  }
  provide(CENTER, center)
  return center
}

export function useCommands(): CommandCenter {
  const center = inject(CENTER)
  if (center === undefined) throw new Error('commands are provided by the window')
  return center
}
