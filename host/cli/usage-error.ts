import { FormatError } from '../../shared/model/errors'

/** The arguments are bad. `where` names the command or the argument. */
export function usageError(
  where: string,
  what: string,
  hint = "see 'folioscope --help'",
): FormatError {
  return new FormatError({ code: 'usage', what, where, hint })
}
