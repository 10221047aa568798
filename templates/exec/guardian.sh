# Takes the place of a runner that has died, for one duty only: stopping commands at their time limits.
# While the runner lives it tells us on standard input which attempts there are:
#   + PID START_TICKS DEADLINE GRACE FOLDER      - PID
# START_TICKS and DEADLINE as in /proc/PID/stat and /proc/uptime, GRACE in seconds. End of input: the runner is gone.

newline='
'
set -f # folders may hold wildcards

uptime_now() {
  if read -r up _ </proc/uptime; then up=${up%%.*}; else up=$(date +%s); fi
} 2>/dev/null

forget() {
  kept= IFS=$newline
  for line in $attempts; do
    case $line in "$1 "*) ;; *) kept=$kept$line$newline ;; esac
  done
  unset IFS
  attempts=$kept
}

# The very process that was meant, and not a zombie. Without /proc only the number is known.
alive() {
  if [ ! -r /proc/self/stat ]; then kill -0 "$1" && return; fi
  read -r stat </proc/"$1"/stat || return 1
  wanted=$2
  set -- ${stat##*) }
  [ "$1" != Z ] && [ "${20}" = "$wanted" ]
} 2>/dev/null

# The children first: the shim that waits for them then leaves its record.
stop() {
  : >"$4/overtime"
  kill -TERM -"$1"
  sleep "$3"
  alive "$1" "$2" || return
  read -r children </proc/"$1"/task/"$1"/children
  kill -KILL $children
  sleep 2
  alive "$1" "$2" && kill -KILL -"$1"
} 2>/dev/null

look_at() {
  if [ -e "$5/exit.json" ] || ! alive "$1" "$2"; then
    forget "$1"
    return
  fi
  remaining=$(($3 - up))
  if [ "$remaining" -le 0 ]; then
    stop "$1" "$2" "$4" "$5"
    forget "$1"
  elif [ "$remaining" -lt "$nap" ]; then
    nap=$remaining
  fi
}

main() {
  attempts=
  while read -r sign pid rest; do
    case $sign in
      +) attempts="$attempts$pid $rest$newline" ;;
      -) forget "$pid" ;;
    esac
  done
  while [ -n "$attempts" ]; do
    uptime_now
    nap=30 IFS=$newline
    for line in $attempts; do
      unset IFS
      read -r pid start deadline grace folder <<END
$line
END
      look_at "$pid" "$start" "$deadline" "$grace" "$folder"
    done
    unset IFS
    [ -n "$attempts" ] && sleep "$nap"
  done
}

trap '' HUP INT
main
