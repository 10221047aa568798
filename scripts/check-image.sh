#!/usr/bin/env bash
# Builds the container image and uses it as people do. Needs docker or podman; ends with status 1 at the first thing that does not work.
#   ENGINE=podman BASE=… BUILD_OPTIONS=… RUN_OPTIONS=… scripts/check-image.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
engine=${ENGINE:-$(command -v docker || command -v podman)} || {
  echo 'Neither docker nor podman is on the PATH.' >&2
  exit 1
}
image=${IMAGE:-metagenome-benchmark:check}
read -ra build_options <<<"${BUILD_OPTIONS:-}"
read -ra run_options <<<"${RUN_OPTIONS:-}"
[[ -z ${BASE:-} ]] || build_options+=(--build-arg "BASE=$BASE")

echo "== build" >&2
"$engine" build "${build_options[@]}" --tag "$image" \
  --build-arg "VERSION=$(node -p 'require("./package.json").version')" --build-arg "REVISION=$(git rev-parse HEAD)" . >&2

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/project" "$folder/hubs" "$folder/home"
git -C "$folder/project" init --quiet --initial-branch study
git -C "$folder/project" -c user.name=Check -c user.email=check@localhost commit --quiet --allow-empty --message first
# A user the image has never heard of owns the project; only root can give files away.
user=$(id -u):$(id -g)
if [[ $(id -u) == 0 ]]; then
  user=4321:4321
  chown -R "$user" "$folder"
fi
chmod 755 "$folder"

run() { # run OPTION... -- ARGUMENT...
  local options=()
  while [[ $1 != -- ]]; do
    options+=("$1")
    shift
  done
  shift
  "$engine" run --rm "${run_options[@]}" "${options[@]}" "$image" "$@"
}
as_user() {
  echo "== benchmark $*" >&2
  run --user "$user" --volume "$folder/project:/work" --volume "$folder/hubs:/hubs" \
    --volume "$folder/home:/home/benchmark" -- "$@"
}

run -- --version
run --user 0:0 -- test --quick --json >/dev/null
run --user 54321:54321 --read-only --tmpfs /tmp --env HOME=/ -- test --quick --json >/dev/null
as_user doctor >/dev/null
as_user hub init /hubs/hub.git --name check >/dev/null
as_user init --project-name image-check --central-hub /hubs/hub.git >/dev/null
as_user register >/dev/null
as_user run --dataset amr-embedded --pipelines embedded_reads --json >"$folder/run.json"
node -e '
  const { state, branch, commit } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"))
  if (state !== "completed" || branch !== "study" || commit === null)
    throw new Error(`the run is ${state}, of branch ${branch} at ${commit}`)' "$folder/run.json"
as_user upload --run-id latest --visibility public >/dev/null
as_user sync >/dev/null
as_user dashboard --output site >/dev/null
[[ -f $folder/project/site/index.html ]]
echo "The image works: $image"
