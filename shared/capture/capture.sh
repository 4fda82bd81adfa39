#!/bin/sh
# shellcheck disable=SC2086 # $links, $names, $places, $limit and $owner are lists.
# Folioscope @VERSION@: writes a snapshot of what Linux knows about this machine's memory to standard output.
#
#     sh capture.sh > NAME.folioscope            as root it can read more
#     sh capture.sh --pages > NAME.folioscope    with the state of every page (root; large)
#     sh capture.sh --root DIR > NAME.folioscope of a tree with sys and proc below DIR
#
# It reads the files that capture() names, packs them with tar and gzip, and changes nothing: it writes only into a
# folder of its own, which it removes. TMPDIR says where that is. Tools such as ndctl are run where they exist.

fail() { echo "capture: $1" >&4; exit 1; }
say() { [ -z "$progress" ] || echo "+ $1" >&4; }
missed() { echo "$1" >>"$work/missed"; }

# What needs no quotes anywhere. Names with blanks are passed over.
is_plain() { case $1 in '' | -* | *[!A-Za-z0-9/_.:,+@~-]*) return 1 ;; esac; }

# The shell reads short files itself: cat would need a process for each, which takes 40 times as long. The files of
# /sys lie about their size, so that tar alone would pad them with zeros.
copy_lines() {
  while IFS= read -r line; do printf '%s\n' "$line"; done <"$1" >"$2"
  [ -z "$line" ] || printf '%s' "$line" >>"$2"
  # Nothing: the file is empty, or the kernel refuses, which the shell does not tell apart.
  [ -s "$2" ] || copy_whole "$1" "$2"
}
copy_whole() {
  ! cat "./$1" >"$2" 2>"$work/refusal" || return 0
  rm -f "$2"
  IFS= read -r line <"$work/refusal"
  case $line in *'No space'* | *uota*) fail "no room in $work; set TMPDIR" ;; esac
  return 1
}
copy_links() {
  [ -z "$links" ] || cp -P $links "$work/tree/$path/"
  links='' count=0
}

# take HOW PLACES NAMES: copies the files and links of these names in all directories that match, under their real paths.
take() {
  how=$1 places=$2 names=$3 links='' count=0
  cd "$root/" || return
  for directory in $places; do
    cd -P "$root/$directory" || continue
    path=${PWD#"$root"/}
    # A link may lead out of the tree.
    case $path in sys/* | proc | proc/* | cmd | sos_commands/*) is_plain "$path" && echo "$path" ;; esac
  done >"$work/places"
  [ -s "$work/places" ] || return 0
  say "$places"
  (cd "$work/tree" && xargs mkdir -p <"$work/places") || fail "no room in $work; set TMPDIR"
  while IFS= read -r path; do
    cd -P "$root/$path" || continue
    for name in $names; do
      is_plain "$name" || continue
      if [ -L "$name" ]; then
        links="$links $name" count=$((count + 1))
        # A node of a large machine has 100 000 links to memory blocks.
        [ "$count" -lt 500 ] || copy_links
      elif [ -f "$name" ]; then
        { [ -r "$name" ] && "$how" "$name" "$work/tree/$path/$name"; } || missed "$path/$name"
      fi
    done
    copy_links
  done <"$work/places"
}

# run FILE NEEDS COMMAND: keeps the output of a tool, where there is one.
run() {
  case $2 in /*) [ -e "$2" ] ;; *) command -v "$2" >/dev/null ;; esac || return 0
  say "$2"
  output=$work/tree/cmd/$1
  $limit sh -c "$3" >"$output" || { missed "cmd/$1"; : >"$output"; }
  [ -s "$output" ] || rm -f "$output"
}

entry() { ! is_plain "$2" || echo " \"$1\": \"$2\","; }
write_manifest() {
  host=$(cat "$work/tree/proc/sys/kernel/hostname")
  kernel=$(cat "$work/tree/proc/sys/kernel/osrelease")
  # A tree may be an unpacked snapshot; that knows which machine it comes from.
  [ -z "$root" ] || [ ! -f "$root/manifest.json" ] || while IFS= read -r line; do
    value=${line#*: \"} value=${value%%\"*}
    case $line in *'"host": "'*) host=$value ;; *'"kernel": "'*) kernel=$value ;; esac
  done <"$root/manifest.json"
  printf '{\n "format": "folioscope-snapshot",\n "version": 1,\n'
  entry host "$host"
  entry kernel "$kernel"
  [ -n "$root" ] || entry arch "$(uname -m)"
  echo ' "capturedBy": "folioscope @VERSION@ capture",'
  entry capturedAt "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
  printf ' "root": %s,\n "unreadable": [' "$is_root"
  comma=
  while IFS= read -r path; do printf '%s\n  "%s"' "$comma" "$path" && comma=,; done <"$work/missed"
  printf ']\n}\n'
}

main() {
  exec 4>&2
  root='' pages='' progress=''
  while [ $# -gt 0 ]; do
    case $1 in
      --pages) pages=yes ;;
      --progress) progress=yes ;;
      --root) [ $# -gt 1 ] || fail '--root: give a directory'; root=$2; shift ;;
      *) fail "$1: unknown; use --pages or --root DIR" ;;
    esac
    shift
  done
  [ ! -t 1 ] || fail 'a snapshot is not for the eye; add > NAME.folioscope'
  if [ -n "$root" ]; then
    cd -P -- "$root" || fail "$root: this directory cannot be read"
    root=${PWD%/}
  fi
  [ -d "$root/sys" ] || [ -d "$root/proc" ] || fail "${root:-/}: there is no sys and no proc"
  case $(id -u) in 0) is_root=true ;; *) is_root=false ;; esac
  umask 077
  export LC_ALL=C PATH="$PATH:@PATHS@"
  work=$(mktemp -d "${TMPDIR:-/tmp}/folioscope.XXXXXX") || fail 'no temporary folder; set TMPDIR'
  trap 'cd /; rm -rf "$work"' EXIT
  trap 'exit 1' HUP INT PIPE TERM
  exec 2>/dev/null # what tools, and the kernel's refusals, say on the way
  : >"$work/missed"
  mkdir "$work/tree" || fail "no room in $work; set TMPDIR"
  limit='timeout @SECONDS@'
  $limit true || limit=

  capture
  write_manifest >"$work/tree/manifest.json" || fail "no room in $work; set TMPDIR"
  say 'packing'
  # Who made it is nobody's business; busybox's tar cannot hide it.
  owner='--owner=0 --group=0 --numeric-owner'
  tar $owner -cf "$work/try" -C "$work" missed || owner=
  cd "$work/tree" || fail "no room in $work; set TMPDIR"
  set -- manifest.json
  for name in cmd proc sos_commands sys; do [ ! -e "$name" ] || set -- "$@" "$name"; done
  { tar $owner -cf - "$@" || : >"$work/failed"; } | gzip || : >"$work/failed"
  [ ! -e "$work/failed" ] || fail 'the snapshot could not be written'
  [ "$is_root" = true ] || [ ! -s "$work/missed" ] ||
    echo 'capture: some files need root; manifest.json lists them' >&4
}

capture() {
@PLACES@
  [ -z "$root" ] || return 0
  mkdir "$work/tree/cmd"
@TOOLS@
}

# Read to its end before anything runs: a script that was cut short does nothing.
main "$@" </dev/null
