/** What to type where Folioscope is installed, and where it is not. Shown to people who have nothing to open yet. */
export const CAPTURE_COMMANDS = `folioscope capture                 # this machine, as root for all of it
folioscope capture --ssh HOST      # another one, through ssh
folioscope capture --script > capture.sh
sudo sh capture.sh > machine.folioscope   # there, without Folioscope`
