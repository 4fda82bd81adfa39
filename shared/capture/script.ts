import template from './capture.sh?raw'
import { CAPTURE_PLACES, type CapturePlace } from './places'
import { CAPTURE_TOOLS, SYSTEM_PATHS, TOOL_SECONDS, type CaptureTool } from './tools'

/**
 * The stand-alone capture script for a POSIX sh. `version` is Folioscope's own and goes into the manifest. The same script
 * captures the live machine, a tree (`--root`) and, through ssh, another machine, so that there is one rule for all.
 */
export function captureScript(version: string): string {
  const parts: Readonly<Record<string, string>> = {
    VERSION: version,
    PATHS: SYSTEM_PATHS,
    SECONDS: String(TOOL_SECONDS),
    PLACES: CAPTURE_PLACES.map(placeLine).join('\n'),
    TOOLS: CAPTURE_TOOLS.map(toolLine).join('\n'),
  }
  return template.replace(/@([A-Z]+)@/g, (mark, name: string) => parts[name] ?? mark)
}

function placeLine({ at, take, as, when }: CapturePlace): string {
  const how = as === 'whole' ? 'copy_whole' : 'copy_lines'
  const condition = { pages: '[ -z "$pages" ] || ', tree: '[ -z "$root" ] || ' }
  return `  ${when === undefined ? '' : condition[when]}take ${how} ${quoted(at)} ${quoted(take)}`
}

function toolLine({ file, needs, command }: CaptureTool): string {
  return `  run ${file} ${needs} ${quoted(command)}`
}

/** One word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
