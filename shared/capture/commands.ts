export interface CaptureWay {
  readonly where: string
  readonly command: string
}

/** How to take a snapshot, for people who have nothing to open yet. */
export const CAPTURE_WAYS: readonly CaptureWay[] = [
  { where: 'This machine', command: 'sudo folioscope capture' },
  { where: 'Another one, through ssh', command: 'folioscope capture --ssh root@HOST' },
  {
    where: 'One without Folioscope: copy the script there',
    command: 'folioscope capture --script > capture.sh\nsudo sh capture.sh > machine.folioscope',
  },
]
