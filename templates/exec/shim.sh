# Runs one command and leaves a record of it that outlives everybody else.
#   sh shim.sh FOLDER CGROUP PROGRAM [ARGUMENT...]
# CGROUP: a control group to join first, or nothing.
# Exit status 125 without an exit record: the command was not started.
# Everything is in functions: the shell has read the whole file before the command runs, so replacing it is harmless.

io_of_me() {
  io=
  while read -r _ value; do io="$io $value"; done </proc/$$/io
} 2>/dev/null

uptime_now() {
  if read -r up _ </proc/uptime; then return; fi
  up=$(date +%s)
} 2>/dev/null

stat_of_me() {
  stat=
  read -r stat </proc/$$/stat
  stat=${stat##*) } # the name before it may hold anything
} 2>/dev/null

main() {
  folder=$1 cgroup=$2
  shift 2
  trap : INT TERM HUP # not '': the command must get the default actions back
  if [ -n "$cgroup" ]; then echo $$ >"$cgroup/cgroup.procs"; fi 2>/dev/null
  io_of_me
  io0=$io
  stat_of_me
  uptime_now
  up0=$up
  # noclobber makes this an exclusive creation: of two shims in one folder only one goes on.
  set -C
  { printf '{"pid":%s,"uptime":"%s","stat":"%s"}\n' $$ "$up" "$stat" >"$folder/started.json"; } 2>/dev/null || exit 125
  set +C
  "$@" # in the foreground: a shell makes background commands ignore SIGINT
  rc=$?
  trap '' INT TERM HUP
  uptime_now
  stat_of_me
  io_of_me
  times=
  if [ -z "$stat" ]; then # no /proc: the second line of `times` is about the children, and a pipe would empty it
    times >"$folder/times.txt"
    { read -r _ && read -r times; } <"$folder/times.txt"
  fi
  printf '{"rc":%s,"up0":"%s","up1":"%s","stat":"%s","times":"%s","io0":"%s","io1":"%s"}\n' \
    "$rc" "$up0" "$up" "$stat" "$times" "$io0" "$io" >"$folder/exit.tmp" && mv "$folder/exit.tmp" "$folder/exit.json"
  exit "$rc"
}

main "$@"
